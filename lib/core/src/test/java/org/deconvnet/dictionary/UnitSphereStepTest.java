package org.deconvnet.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deconvnet.dictionary.PlantedImages.CONNECTIVITY;
import static org.deconvnet.dictionary.PlantedStatistics.quadratic;

import java.util.Random;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;

class UnitSphereStepTest {
  @Test
  void plantedFiltersAreFound() {
    FilterBank planted = UnitPlanes.draw(CONNECTIVITY, 4, 1);
    FilterQuadratic quadratic = quadratic(planted, 0, new Random(2));
    FilterBank found = solver(500).solve(quadratic, UnitPlanes.draw(CONNECTIVITY, 4, 9));
    for (int i = 0; i < found.data().length; i++) {
      assertThat(found.data()[i]).isCloseTo(planted.data()[i], within(1e-3f));
    }
  }

  @Test
  void everySweepLowersTheErrorAndKeepsTheNorms() {
    FilterBank planted = UnitPlanes.draw(CONNECTIVITY, 4, 1);
    FilterQuadratic quadratic = quadratic(planted, 0.5, new Random(3));
    FilterBank f = UnitPlanes.draw(CONNECTIVITY, 4, 8);
    double before = quadratic.value(f);
    for (int sweep = 0; sweep < 5; sweep++) {
      f = solver(1).solve(quadratic, f);
      double after = quadratic.value(f);
      assertThat(after).isLessThanOrEqualTo(before * (1 + 1e-6));
      before = after;
    }
    FilterBank unit = UnitPlanes.project(f);
    for (int i = 0; i < f.data().length; i++) {
      assertThat(f.data()[i]).isCloseTo(unit.data()[i], within(1e-6f));
    }
  }

  @Test
  void filtersThatNoCodeUsesStay() {
    FilterBank start = UnitPlanes.draw(CONNECTIVITY, 4, 5);
    FilterBank solved = solver(3).solve(PlantedStatistics.ofOneCode(), start);
    for (int i = start.offset(1, 0); i < start.data().length; i++) {
      assertThat(solved.data()[i]).isEqualTo(start.data()[i]);
    }
    // The one code there is wants a constant patch.
    assertThat(solved.get(0, 0, 2, 2)).isCloseTo(0.25f, within(1e-6f));
  }

  private static FilterStep solver(int sweeps) {
    return new UnitSphereStep(new JacobiEigensolver(), sweeps, 1e-14);
  }
}
