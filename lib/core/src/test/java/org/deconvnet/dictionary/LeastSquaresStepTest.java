package org.deconvnet.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deconvnet.dictionary.PlantedImages.CONNECTIVITY;
import static org.deconvnet.dictionary.PlantedStatistics.quadratic;

import java.util.Random;
import org.deconvnet.solve.reference.ConjugateGradient;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;

class LeastSquaresStepTest {
  @Test
  void plantedFiltersAreFound() {
    FilterBank planted = UnitPlanes.draw(CONNECTIVITY, 4, 1);
    FilterQuadratic quadratic = quadratic(planted, 0, new Random(2));
    // One step stays a little behind for the sake of what codes say nothing about.
    FilterBank found = UnitPlanes.draw(CONNECTIVITY, 4, 9);
    for (int step = 0; step < 4; step++) {
      found = solver(100).solve(quadratic, found);
    }
    for (int i = 0; i < found.data().length; i++) {
      assertThat(found.data()[i]).isCloseTo(planted.data()[i], within(1e-3f));
    }
  }

  @Test
  void theErrorFallsAndPlanesHaveUnitNorm() {
    FilterBank planted = UnitPlanes.draw(CONNECTIVITY, 4, 1);
    FilterQuadratic quadratic = quadratic(planted, 0.5, new Random(3));
    FilterBank start = UnitPlanes.draw(CONNECTIVITY, 4, 8);
    FilterBank solved = solver(50).solve(quadratic, start);
    assertThat(quadratic.value(solved)).isLessThan(0.6 * quadratic.value(start));
    FilterBank unit = UnitPlanes.project(solved);
    for (int i = 0; i < solved.data().length; i++) {
      assertThat(solved.data()[i]).isCloseTo(unit.data()[i], within(1e-6f));
    }
  }

  @Test
  void filtersThatNoCodeUsesStay() {
    FilterBank start = UnitPlanes.draw(CONNECTIVITY, 4, 5);
    FilterBank solved = solver(100).solve(PlantedStatistics.ofOneCode(), start);
    for (int i = start.offset(1, 0); i < start.data().length; i++) {
      assertThat(solved.data()[i]).isCloseTo(start.data()[i], within(1e-6f));
    }
    // The one code there is wants a constant patch.
    assertThat(solved.get(0, 0, 2, 2)).isCloseTo(0.25f, within(1e-2f));
  }

  private static FilterStep solver(int steps) {
    return new LeastSquaresStep(new ConjugateGradient(), steps);
  }
}
