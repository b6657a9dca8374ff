package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilterHessianTest {
  private FilterHessian hessian;
  private int length;

  @BeforeEach
  void codeABatch() {
    FilterBank f = FilterInitializer.gaussian(Connectivity.full(4, 1), 5, 2);
    AdaptiveLayer layer = new AdaptiveLayer(f, new PoolSize(2, 2, 2), 4, 8, 0.02);
    LocalBatch<AdaptiveImage, AdaptiveCoding> batch =
        BarImages.batch(new ScalarConvolutionEngine(), BarImages.draw(1));
    batch.code(
        new AdaptiveCoding(AdaptiveNetwork.empty(), layer), AdaptiveLayerLearning::summarise);
    hessian = new FilterHessian(batch, f);
    length = f.data().length;
  }

  @Test
  void itsCurvatureIsTheDirectionTimesTheProduct() {
    for (double size : new double[] {1e-3, 1, 1e6}) {
      double[] d = direction(3, size);
      double product = dot(d, hessian.product(d));
      assertThat(product).isPositive();
      assertThat(hessian.curvature(d) / product).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void itIsSymmetric() {
    double[] a = direction(4, 1);
    double[] b = direction(5, 1);
    double ab = dot(a, hessian.product(b));
    double size = Math.sqrt(hessian.curvature(a) * hessian.curvature(b));
    assertThat(dot(b, hessian.product(a))).isCloseTo(ab, within(1e-5 * size));
  }

  private double[] direction(long seed, double size) {
    Random random = new Random(seed);
    return random.doubles(length, -size, size).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
