package org.deconvnet.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The products of codes with any engine, on awkward sizes: equal to their definition. */
public abstract class FilterStatisticsContract {
  /** Two sets of two maps and one of one. */
  static final Connectivity SPARSE =
      Connectivity.of(
          new boolean[][] {{true, false, false}, {true, true, false}, {false, true, true}});

  protected abstract ConvolutionEngine engine();

  /** Connectivity, filter side, image height and width. */
  record Case(Connectivity connectivity, int side, int height, int width) {
    @Override
    public String toString() {
      return "%d maps on %d channels, filters %d, image %d x %d"
          .formatted(connectivity.maps(), connectivity.channels(), side, height, width);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(Connectivity.full(3, 2), 3, 9, 12),
        new Case(Connectivity.full(2, 1), 1, 4, 5),
        new Case(Connectivity.full(2, 1), 2, 1, 1),
        new Case(Connectivity.full(3, 1), 7, 1, 2),
        new Case(Connectivity.full(1, 1), 7, 5, 19),
        new Case(Connectivity.full(5, 3), 4, 13, 3),
        new Case(Connectivity.singlesAndPairs(4), 4, 11, 10),
        new Case(SPARSE, 5, 6, 17));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theProductsAreThoseOfTheDefinition(Case c) {
    Connectivity g = c.connectivity();
    Shape y = new Shape(g.channels(), c.height(), c.width());
    Shape z = new Shape(g.maps(), c.height() + c.side() - 1, c.width() + c.side() - 1);
    Random random = new Random(8);
    FilterStatistics sums = new FilterStatistics(g, c.side(), 1);
    FeatureMaps codes = EngineContract.maps(z, random);
    sums.add(new CodeCorrelations(engine(), c.side()), codes, EngineContract.maps(y, random));
    FilterQuadratic quadratic = sums.quadratic();
    MapSets sets = new MapSets(g);
    for (int set = 0; set < sets.count(); set++) {
      double[] expected = new CodeProducts(codes, c.side()).matrix(sets.maps(set));
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      assertThat(quadratic.matrix(set)).containsExactly(expected, within(1e-6 * largest));
    }
  }
}
