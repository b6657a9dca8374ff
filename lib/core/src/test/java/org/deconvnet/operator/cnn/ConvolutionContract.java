package org.deconvnet.operator.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolution of any geometry by an engine: equal to the oracle, and one trilinear form. */
public abstract class ConvolutionContract {
  private static final int RANDOM_CASES = 80;

  /** Geometry, (C, H, W), K. */
  public record Case(Geometry geometry, Shape input, int maps) {
    Case(AxisGeometry axis, int channels, int height, int width, int maps) {
      this(Geometry.square(axis), new Shape(channels, height, width), maps);
    }
  }

  /** Numbers of one case: filters, both operands. */
  record Numbers(float[] weights, FeatureMaps x, FeatureMaps y) {
    static Numbers of(Convolution convolution, int weights, Random random) {
      float[] w = EngineContract.maps(new Shape(1, 1, weights), random).data();
      return new Numbers(
          w,
          EngineContract.maps(convolution.domain(), random),
          EngineContract.maps(convolution.range(), random));
    }
  }

  protected abstract ConvolutionEngine engine();

  static Stream<Case> cases() {
    return Stream.concat(
        named(), IntStream.range(0, RANDOM_CASES).mapToObj(seed -> drawn(new Random(seed))));
  }

  private static Stream<Case> named() {
    return Stream.of(
        // 1 × 1: as a matrix product, with more pixels and channels than a panel, and with a
        // stride.
        new Case(AxisGeometry.of(1), 5, 7, 9, 6),
        new Case(AxisGeometry.of(1), 53, 9, 11, 50),
        new Case(new AxisGeometry(1, 1, 0, 0, 3), 3, 4, 5, 2),
        new Case(AxisGeometry.of(1, 2, 0), 7, 9, 8, 5),
        new Case(AxisGeometry.of(1, 1, 2), 3, 4, 5, 2),
        // Fully connected, and a part of the input that no window reaches.
        new Case(AxisGeometry.of(6), 4, 6, 6, 70),
        new Case(AxisGeometry.of(1), 40, 1, 1, 10),
        new Case(AxisGeometry.of(5, 3, 0), 2, 7, 12, 3),
        // As in AlexNet, VGG, ResNet, DCGAN.
        new Case(AxisGeometry.of(11, 4, 2), 3, 39, 47, 8),
        new Case(AxisGeometry.of(3, 1, 1), 16, 13, 14, 20),
        new Case(AxisGeometry.of(7, 2, 3), 3, 30, 31, 8),
        new Case(AxisGeometry.of(3, 2, 1), 12, 15, 16, 9),
        new Case(AxisGeometry.of(4, 2, 1), 5, 16, 16, 7),
        // Stride larger than the filter, and than the input.
        new Case(AxisGeometry.of(2, 5, 0), 3, 17, 13, 4),
        new Case(AxisGeometry.of(3, 9, 1), 2, 4, 5, 3),
        // Dilation alone, with a stride, with a common divisor, larger than the output.
        new Case(new AxisGeometry(3, 1, 2, 2, 2), 4, 12, 11, 5),
        new Case(new AxisGeometry(3, 2, 1, 3, 3), 4, 19, 16, 5),
        new Case(new AxisGeometry(3, 4, 0, 1, 6), 3, 29, 30, 4),
        new Case(new AxisGeometry(2, 1, 0, 0, 7), 2, 9, 8, 3),
        // Padding wider than the filter.
        new Case(new AxisGeometry(2, 1, 4, 3, 1), 2, 3, 5, 3),
        // Not square.
        new Case(
            new Geometry(AxisGeometry.of(1, 1, 0), AxisGeometry.of(7, 1, 3), 1),
            new Shape(4, 9, 12),
            5),
        new Case(
            new Geometry(new AxisGeometry(5, 2, 0, 2, 1), new AxisGeometry(2, 3, 1, 0, 4), 1),
            new Shape(3, 14, 17),
            4),
        // Groups, and depthwise with one map and with two maps a channel.
        new Case(
            new Geometry(AxisGeometry.of(3, 1, 1), AxisGeometry.of(3, 1, 1), 2),
            new Shape(8, 9, 10),
            6),
        new Case(
            new Geometry(AxisGeometry.of(3, 2, 1), AxisGeometry.of(3, 2, 1), 10),
            new Shape(10, 9, 12),
            10),
        new Case(new Geometry(AxisGeometry.of(1), AxisGeometry.of(1), 5), new Shape(5, 8, 7), 10));
  }

  private static Case drawn(Random random) {
    int groups = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
    AxisGeometry rows = axis(random);
    AxisGeometry columns = random.nextInt(3) == 0 ? axis(random) : rows;
    Shape input =
        new Shape(groups * (1 + random.nextInt(5)), inputs(rows, random), inputs(columns, random));
    return new Case(new Geometry(rows, columns, groups), input, groups * (1 + random.nextInt(6)));
  }

  private static AxisGeometry axis(Random random) {
    return new AxisGeometry(
        1 + random.nextInt(6),
        1 + random.nextInt(4),
        random.nextInt(4),
        random.nextInt(4),
        random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(4));
  }

  private static int inputs(AxisGeometry axis, Random random) {
    return Math.max(1, axis.extent() - axis.before() - axis.after() + random.nextInt(14));
  }

  Convolution made(Case c) {
    return Convolution.of(engine(), c.geometry, c.input, c.maps);
  }

  static int weights(Case c) {
    return c.geometry.weights(c.input.maps(), c.maps);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheOracle(Case c) {
    agrees(made(c), c, 3);
  }

  /** How a filter is cut into square ones decides the time, and nothing else. */
  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheOracleForFiltersOfAnySide(Case c) {
    int most = Math.max(AxisPhases.most(c.geometry.rows()), AxisPhases.most(c.geometry.columns()));
    for (int side = 1; side <= most; side++) {
      agrees(new PhasedConvolution(engine(), c.geometry, c.input, c.maps, side), c, 5);
    }
  }

  /** Twice, with other numbers: what the first time left behind must not show. */
  private static void agrees(Convolution convolution, Case c, long seed) {
    Random random = new Random(seed);
    agrees(convolution, c, Numbers.of(convolution, weights(c), random));
    agrees(convolution, c, Numbers.of(convolution, weights(c), random));
  }

  private static void agrees(Convolution convolution, Case c, Numbers n) {
    DirectConvolution oracle = new DirectConvolution(c.geometry, c.input, c.maps);
    oracle.setWeights(n.weights);
    convolution.setWeights(n.weights);

    FeatureMaps y = n.y.copy();
    FeatureMaps expectedY = FeatureMaps.zeros(oracle.range());
    convolution.apply(n.x, y);
    oracle.apply(n.x, expectedY);
    assertClose(y.data(), expectedY.data(), weights(c) / c.maps);

    FeatureMaps x = n.x.copy();
    FeatureMaps expectedX = FeatureMaps.zeros(oracle.domain());
    convolution.adjoint(n.y, x);
    oracle.adjoint(n.y, expectedX);
    assertClose(x.data(), expectedX.data(), c.maps * c.geometry.area());

    float[] gradient = n.weights.clone();
    float[] expectedGradient = new float[weights(c)];
    convolution.filterGradient(n.x, n.y, gradient);
    oracle.filterGradient(n.x, n.y, expectedGradient);
    assertClose(gradient, expectedGradient, oracle.range().plane());
  }

  /** Rounding grows with the square root of the number of unit-variance terms. */
  private static void assertClose(float[] got, float[] expected, int terms) {
    assertThat(got).hasSameSizeAs(expected);
    float tolerance = (float) (2e-6 * Math.sqrt(terms) * 4 + 1e-6);
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).as("number %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threeOperationsAreOneTrilinearForm(Case c) {
    Convolution convolution = made(c);
    Numbers n = Numbers.of(convolution, weights(c), new Random(7));
    convolution.setWeights(n.weights);
    FeatureMaps forward = FeatureMaps.zeros(convolution.range());
    FeatureMaps back = FeatureMaps.zeros(convolution.domain());
    float[] gradient = new float[weights(c)];
    convolution.apply(n.x, forward);
    convolution.adjoint(n.y, back);
    convolution.filterGradient(n.x, n.y, gradient);

    double form = forward.dot(n.y);
    double scale = Math.sqrt(forward.squaredNorm() * n.y.squaredNorm());
    assertThat(n.x.dot(back)).isCloseTo(form, within(1e-6 * scale));
    Shape flat = new Shape(1, 1, gradient.length);
    double inFilters = FeatureMaps.of(flat, n.weights).dot(FeatureMaps.of(flat, gradient));
    assertThat(inFilters).isCloseTo(form, within(1e-6 * scale));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withoutWeightsAllIsZero(Case c) {
    Convolution convolution = made(c);
    FeatureMaps y = EngineContract.maps(convolution.range(), new Random(1));
    convolution.apply(EngineContract.maps(convolution.domain(), new Random(2)), y);
    assertThat(y.nonZeros()).isZero();
  }
}
