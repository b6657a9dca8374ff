package org.deconvnet.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.network.gradient.adversarial.FeatureDistance;
import org.deconvnet.spark.exec.BreezeEigensolver;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

/** Distances of sets whose distances are known. */
class FeatureDistanceTest {
  private static FeatureDistance distance(List<float[]> a, List<float[]> b) {
    return FeatureDistance.of(a, b, new BreezeEigensolver());
  }

  private static List<float[]> gaussian(int count, double mean, double spread, int seed) {
    Random random = new Random(seed);
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] one = new float[3];
      for (int k = 0; k < one.length; k++) {
        one[k] = (float) (mean + spread * (k + 1) * random.nextGaussian());
      }
      all.add(one);
    }
    return all;
  }

  @Test
  void aSetIsAtNoDistanceFromItself() {
    List<float[]> a = gaussian(50, 0, 1, 1);
    assertThat(distance(a, a).frechet()).isCloseTo(0, within(1e-9));
  }

  /** Means 2 apart in each of 3 numbers; deviations 1, 2, 3 and 2, 4, 6. */
  @Test
  void gaussiansAreAsFarAsTheFormulaSays() {
    FeatureDistance got = distance(gaussian(2000, 0, 1, 1), gaussian(2000, 2, 2, 2));
    assertThat(got.frechet()).isCloseTo(3 * 4 + 1 + 4 + 9, within(1.5));
  }

  /** Two numbers that hang together one way, and the other way. */
  @Test
  void correlationsCount() {
    List<float[]> together = new ArrayList<>();
    List<float[]> against = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      float one = (float) random.nextGaussian();
      together.add(new float[] {one, one});
      float other = (float) random.nextGaussian();
      against.add(new float[] {other, -other});
    }
    // Σ₁ Σ₂ = 0: what is left are both traces.
    assertThat(distance(together, against).frechet()).isCloseTo(4, within(0.2));
  }

  /** By hand: k(1, 1) = 8, k(1, 0) = k(0, 0) = 1, k(1, −1) = 0, k(0, −1) = 1. */
  @Test
  void theKernelDistanceIsTheUnbiasedEstimate() {
    List<float[]> a = List.of(new float[] {1}, new float[] {0});
    List<float[]> b = List.of(new float[] {-1}, new float[] {1});
    // Within a: k(1, 0) = 1; within b: k(−1, 1) = 0; between: (0 + 8 + 1 + 1) / 4.
    assertThat(distance(a, b).kernel()).isCloseTo(1 + 0 - 2 * 2.5, within(1e-12));
    assertThat(distance(gaussian(400, 0, 1, 1), gaussian(400, 0, 1, 2)).kernel())
        .isCloseTo(0, within(2.0));
    assertThat(distance(gaussian(400, 0, 1, 1), gaussian(400, 3, 1, 2)).kernel())
        .isGreaterThan(100);
  }

  @Test
  void tooManyFeaturesOrTooFewImagesAreRefused() {
    List<float[]> wide = List.of(new float[1025], new float[1025]);
    assertThatThrownBy(() -> distance(wide, wide))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected at most 1024 features an image, got 1025");
    List<float[]> one = List.of(new float[3]);
    assertThatThrownBy(() -> distance(one, one)).isInstanceOf(UserErrorException.class);
  }
}
