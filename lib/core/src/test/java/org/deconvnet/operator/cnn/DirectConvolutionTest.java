package org.deconvnet.operator.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

/** The oracle itself, against numbers worked out by hand. */
class DirectConvolutionTest {
  private static FeatureMaps maps(Shape shape, float... numbers) {
    return FeatureMaps.of(shape, numbers);
  }

  @Test
  void filtersAreNotFlippedAndPaddingIsZero() {
    Geometry geometry = new Geometry(AxisGeometry.of(1), AxisGeometry.of(3, 2, 1), 1);
    DirectConvolution convolution = new DirectConvolution(geometry, new Shape(1, 1, 5), 1);
    convolution.setWeights(new float[] {1, 2, 3});

    FeatureMaps y = FeatureMaps.zeros(convolution.range());
    convolution.apply(maps(convolution.domain(), 1, 2, 3, 4, 5), y);
    assertThat(y.data()).containsExactly(2 + 6, 2 + 6 + 12, 4 + 10);

    FeatureMaps x = FeatureMaps.zeros(convolution.domain());
    convolution.adjoint(maps(convolution.range(), 1, 10, 100), x);
    assertThat(x.data()).containsExactly(2, 3 + 10, 20, 30 + 100, 200);

    float[] gradient = new float[3];
    convolution.filterGradient(
        maps(convolution.domain(), 1, 2, 3, 4, 5), maps(convolution.range(), 1, 10, 100), gradient);
    assertThat(gradient).containsExactly(20 + 400, 1 + 30 + 500, 2 + 40);
  }

  @Test
  void dilationSkipsAndPaddingDiffersPerSide() {
    Geometry geometry = new Geometry(new AxisGeometry(2, 1, 1, 0, 2), AxisGeometry.of(1), 1);
    DirectConvolution convolution = new DirectConvolution(geometry, new Shape(1, 4, 1), 1);
    convolution.setWeights(new float[] {1, 10});
    FeatureMaps y = FeatureMaps.zeros(convolution.range());
    convolution.apply(maps(convolution.domain(), 1, 2, 3, 4), y);
    assertThat(y.data()).containsExactly(20, 1 + 30, 2 + 40);
  }

  @Test
  void mapsSeeTheChannelsOfTheirGroupOnly() {
    Geometry geometry = new Geometry(AxisGeometry.of(1), AxisGeometry.of(1), 2);
    DirectConvolution convolution = new DirectConvolution(geometry, new Shape(4, 1, 1), 2);
    convolution.setWeights(new float[] {1, 2, 3, 4});
    FeatureMaps y = FeatureMaps.zeros(convolution.range());
    convolution.apply(maps(convolution.domain(), 1, 10, 100, 1000), y);
    assertThat(y.data()).containsExactly(21, 4300);
  }

  @Test
  void biasIsOneNumberAMapAndItsGradientTheSum() {
    FeatureMaps y = maps(new Shape(2, 1, 2), 1, 2, 3, 4);
    float[] gradient = new float[2];
    Bias.gradient(y, gradient);
    assertThat(gradient).containsExactly(3, 7);
    Bias.add(new float[] {10, 20}, y);
    assertThat(y.data()).containsExactly(11, 12, 23, 24);
    assertThatThrownBy(() -> Bias.add(new float[3], y))
        .hasMessageContaining("bias: numbers: expected 2, got 3");
  }

  @Test
  void wrongShapesAreNamed() {
    DirectConvolution convolution =
        new DirectConvolution(Geometry.square(AxisGeometry.of(3)), new Shape(2, 5, 5), 4);
    FeatureMaps x = FeatureMaps.zeros(new Shape(2, 5, 5));
    assertThatThrownBy(() -> convolution.apply(x, FeatureMaps.zeros(new Shape(4, 3, 4))))
        .hasMessageContaining("convolution: output: expected shape 4x3x3, got 4x3x4");
    assertThatThrownBy(() -> convolution.setWeights(new float[9]))
        .hasMessageContaining("convolution: weights: expected 72, got 9");
  }
}
