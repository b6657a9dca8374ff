package org.deconvnet.operator.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.deconvnet.AllocatedBytes;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolution of a group of images: each image's is the plain one's, and engines agree. */
public abstract class MatrixConvolutionContract {
  private static final int IMAGES = 3;

  protected abstract ArrayKernels kernels();

  static Stream<ConvolutionContract.Case> cases() {
    return ConvolutionContract.cases().filter(c -> c.geometry().groups() == 1);
  }

  private MatrixConvolution made(ConvolutionContract.Case c, ArrayKernels kernels) {
    return new MatrixConvolution(kernels, c.geometry(), c.input(), c.maps(), IMAGES);
  }

  /** Twice, with other numbers: what the first time left behind must not show. */
  @ParameterizedTest
  @MethodSource("cases")
  void eachImageIsConvolvedAsIfAlone(ConvolutionContract.Case c) {
    MatrixConvolution group = made(c, kernels());
    for (int seed = 1; seed <= 2; seed++) {
      agrees(c, group, new Random(seed));
    }
  }

  private static void agrees(ConvolutionContract.Case c, MatrixConvolution group, Random random) {
    var n = ConvolutionContract.Numbers.of(group, ConvolutionContract.weights(c), random);
    group.setWeights(n.weights());
    FeatureMaps y = FeatureMaps.zeros(group.range());
    FeatureMaps x = FeatureMaps.zeros(group.domain());
    float[] weights = n.weights().clone();
    group.apply(n.x(), y);
    group.adjoint(n.y(), x);
    group.filterGradient(n.x(), n.y(), weights);

    DirectConvolution plain = new DirectConvolution(c.geometry(), c.input(), c.maps());
    plain.setWeights(n.weights());
    double[] sum = new double[weights.length];
    for (int i = 0; i < IMAGES; i++) {
      FeatureMaps xi = image(n.x(), c.input(), i);
      FeatureMaps yi = image(n.y(), plain.range(), i);
      FeatureMaps plainY = FeatureMaps.zeros(plain.range());
      FeatureMaps plainX = FeatureMaps.zeros(plain.domain());
      float[] plainWeights = new float[weights.length];
      plain.apply(xi, plainY);
      plain.adjoint(yi, plainX);
      plain.filterGradient(xi, yi, plainWeights);
      close(image(y, plain.range(), i).data(), plainY.data());
      close(image(x, c.input(), i).data(), plainX.data());
      for (int w = 0; w < sum.length; w++) {
        sum[w] += plainWeights[w];
      }
    }
    for (int w = 0; w < sum.length; w++) {
      assertThat((double) weights[w]).isCloseTo(sum[w], within(1e-5 * (10 + Math.abs(sum[w]))));
    }
  }

  /** One image out of maps in which images lie one below another. */
  private static FeatureMaps image(FeatureMaps group, Shape shape, int at) {
    FeatureMaps image = FeatureMaps.zeros(shape);
    for (int c = 0; c < shape.maps(); c++) {
      int from = group.index(c, at * shape.height(), 0);
      System.arraycopy(group.data(), from, image.data(), c * shape.plane(), shape.plane());
    }
    return image;
  }

  private static void close(float[] got, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(got[i]).isCloseTo(expected[i], within(1e-5f * (10 + Math.abs(expected[i]))));
    }
  }

  /** ⟨apply(x), y⟩ = ⟨x, adjoint(y)⟩ = ⟨W, filterGradient(x, y)⟩. */
  @ParameterizedTest
  @MethodSource("cases")
  void theThreeAreOneTrilinearForm(ConvolutionContract.Case c) {
    MatrixConvolution group = made(c, kernels());
    int weights = ConvolutionContract.weights(c);
    var n = ConvolutionContract.Numbers.of(group, weights, new Random(9));
    float[][] got = results(group, n);
    double form = product(got[0], n.y().data());
    assertThat(product(n.x().data(), got[1])).isCloseTo(form, within(2e-3));
    assertThat(product(n.weights(), got[2])).isCloseTo(form, within(2e-3));
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyEngineGivesTheSameBits(ConvolutionContract.Case c) {
    MatrixConvolution group = made(c, kernels());
    MatrixConvolution plain = made(c, new ScalarArrayKernels());
    int weights = ConvolutionContract.weights(c);
    var n = ConvolutionContract.Numbers.of(group, weights, new Random(7));
    assertThat(results(group, n)).isDeepEqualTo(results(plain, n));
  }

  private static float[][] results(MatrixConvolution group, ConvolutionContract.Numbers n) {
    group.setWeights(n.weights());
    FeatureMaps y = FeatureMaps.zeros(group.range());
    FeatureMaps x = FeatureMaps.zeros(group.domain());
    float[] weights = n.weights().clone();
    group.apply(n.x(), y);
    group.adjoint(n.y(), x);
    group.filterGradient(n.x(), n.y(), weights);
    return new float[][] {y.data(), x.data(), weights};
  }

  @Test
  void onceMadeItAllocatesNothing() {
    var c = new ConvolutionContract.Case(AxisGeometry.of(4, 2, 1), 5, 32, 32, 7);
    MatrixConvolution group = made(c, kernels());
    var n = ConvolutionContract.Numbers.of(group, ConvolutionContract.weights(c), new Random(1));
    FeatureMaps y = EngineContract.maps(group.range(), new Random(2));
    FeatureMaps x = EngineContract.maps(group.domain(), new Random(3));
    float[] weights = n.weights().clone();
    Runnable all =
        () -> {
          group.setWeights(n.weights());
          group.apply(n.x(), y);
          group.adjoint(n.y(), x);
          group.filterGradient(n.x(), n.y(), weights);
        };
    // As often as it takes until compiled code keeps its vectors out of the heap.
    for (int i = 0; i < 300; i++) {
      all.run();
    }
    long before = AllocatedBytes.ofThisThread();
    all.run();
    assertThat(AllocatedBytes.ofThisThread() - before).isLessThan(4000);
  }

  @Test
  void groupsOfChannelsAreRefused() {
    Geometry two = new Geometry(AxisGeometry.of(3), AxisGeometry.of(3), 2);
    assertThatThrownBy(() -> new MatrixConvolution(kernels(), two, new Shape(4, 8, 8), 4, 2))
        .hasMessageContaining("expected channels in 1 group, got 2");
  }
}
