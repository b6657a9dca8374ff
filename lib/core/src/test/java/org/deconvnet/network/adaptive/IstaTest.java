package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class IstaTest {
  private static final FilterBank FILTERS =
      FilterInitializer.gaussian(Connectivity.full(6, 1), 5, 3);

  @Test
  void objectiveFallsWithEveryIterationWhereNothingIsPooled() {
    FeatureMaps y = plantedImage(new Shape(1, 17, 22));
    double last = Double.MAX_VALUE;
    for (int t = 1; t <= 12; t++) {
      double now = infer(y, t, 8, safeStep(y)).trace().objective();
      assertThat(now).as("after %d iterations", t).isLessThanOrEqualTo(last * (1 + 1e-6));
      last = now;
    }
  }

  @Test
  void plantedSpikesAreFound() {
    Shape shape = new Shape(1, 24, 30);
    FeatureMaps z = plantedCode(shape);
    SparseCode code = infer(image(z, shape), 400, 5, safeStep(image(z, shape)));
    FeatureMaps found = code.unpooled();
    for (int i = 0; i < z.data().length; i++) {
      if (z.data()[i] != 0) {
        assertThat(found.data()[i])
            .as("entry %d", i)
            .isBetween(0.7f * z.data()[i], 1.1f * z.data()[i]);
      }
    }
    assertThat(code.trace().squaredError() / code.trace().squaredImage()).isLessThan(0.05);
  }

  @Test
  void agreesWithTheDenseAlgorithmValueForValue() {
    FeatureMaps y = org.deconvnet.engine.EngineContract.maps(new Shape(1, 17, 22), new Random(6));
    AdaptiveLayer layer = new AdaptiveLayer(FILTERS, new PoolSize(3, 2, 2), 4, 6, safeStep(y));
    FeatureMaps z = FeatureMaps.zeros(FILTERS.mapShape(y.shape()));
    FeatureMaps responses = FeatureMaps.zeros(z.shape());
    SparseCode expected = DenseIsta.infer(reconstruction(y.shape()), layer, y, z);
    SparseCode got = new Ista(reconstruction(y.shape()), layer, 1).infer(y, responses);
    assertThat(got.switches().index()).isEqualTo(expected.switches().index());
    for (int i = 0; i < z.data().length; i++) {
      assertThat(responses.data()[i]).isCloseTo(z.data()[i], within(2e-5f));
    }
    for (int i = 0; i < expected.pooled().data().length; i++) {
      assertThat(got.pooled().data()[i]).isCloseTo(expected.pooled().data()[i], within(2e-5f));
    }
  }

  @Test
  void oneWorkspaceServesImageAfterImage() {
    FeatureMaps one = plantedImage(new Shape(1, 17, 22));
    FeatureMaps two = org.deconvnet.engine.EngineContract.maps(one.shape(), new Random(8));
    AdaptiveLayer layer = new AdaptiveLayer(FILTERS, new PoolSize(2, 2, 2), 4, 5, safeStep(one));
    Ista ista = new Ista(reconstruction(one.shape()), layer, 1);
    float[] first = ista.infer(one).pooled().data();
    ista.infer(two);
    assertThat(ista.infer(one).pooled().data()).isEqualTo(first);
  }

  @Test
  void guardShortensAStepThatIsTooLong() {
    FeatureMaps y = plantedImage(new Shape(1, 17, 22));
    double guarded = infer(y, 30, 8, safeStep(y) * 3).trace().objective();
    double safe = infer(y, 30, 8, safeStep(y)).trace().objective();
    assertThat(guarded).isLessThan(safe * 1.1);
  }

  @Test
  void operatorNormMatchesADenseEigenvalue() {
    // One 1x1 filter on one channel: R is a multiple of the identity.
    FilterBank f = FilterBank.of(Connectivity.full(1, 1), 1, new float[] {3});
    Reconstruction r =
        new Reconstruction(
            new ScalarConvolutionEngine(), AdaptiveNetwork.empty(), f, List.of(), new Shape(1, 4, 5));
    assertThat(OperatorNorm.estimate(r, 1)).isBetween(8.999, 9.001);
  }

  @Test
  void notANumberStopsWithLayerAndIteration() {
    FeatureMaps y = FeatureMaps.zeros(new Shape(1, 9, 9));
    y.data()[3] = Float.NaN;
    assertThatThrownBy(() -> infer(y, 3, 1, 0.1))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageContaining("layer 1, ISTA iteration 1");
  }

  private static SparseCode infer(FeatureMaps y, int iterations, double lambda, double step) {
    AdaptiveLayer layer = new AdaptiveLayer(FILTERS, new PoolSize(1, 1, 1), lambda, iterations, step);
    return new Ista(reconstruction(y.shape()), layer, 1).infer(y);
  }

  private static Reconstruction reconstruction(Shape image) {
    return new Reconstruction(
        new ScalarConvolutionEngine(), AdaptiveNetwork.empty(), FILTERS, List.of(), image);
  }

  private static double safeStep(FeatureMaps y) {
    return 0.9 / OperatorNorm.estimate(reconstruction(y.shape()), 1);
  }

  private static FeatureMaps plantedImage(Shape shape) {
    return image(plantedCode(shape), shape);
  }

  private static FeatureMaps image(FeatureMaps z, Shape shape) {
    FeatureMaps y = FeatureMaps.zeros(shape);
    reconstruction(shape).apply(z, y);
    return y;
  }

  private static FeatureMaps plantedCode(Shape shape) {
    FeatureMaps z = FeatureMaps.zeros(FILTERS.mapShape(shape));
    Random random = new Random(9);
    for (int spike = 0; spike < 6; spike++) {
      int row = 8 + 8 * (spike / 3);
      int column = 6 + 8 * (spike % 3);
      z.set(spike, row, column, 2 + random.nextFloat());
    }
    return z;
  }
}
