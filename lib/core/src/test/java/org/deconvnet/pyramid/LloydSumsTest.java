package org.deconvnet.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.junit.jupiter.api.Test;

class LloydSumsTest {
  private static final ArrayKernels KERNELS = new ScalarArrayKernels();

  @Test
  void meansByHandAndAWordWithoutDescriptorsStays() {
    Codebook words = new Codebook(3, 1, new float[] {0, 10, 100});
    LloydSums sums = new LloydSums(3, 1);
    sums.add(new float[] {1, 2}, words, KERNELS);
    sums.add(new float[] {3, 9, 12}, words, KERNELS);
    assertThat(sums.next(words).centres()).containsExactly(2, 10.5f, 100);
  }

  @Test
  void orderAndPartsChangeNoBit() {
    Random random = new Random(3);
    float[] descriptors = new float[300];
    for (int i = 0; i < descriptors.length; i++) {
      descriptors[i] = (float) random.nextGaussian();
    }
    Codebook words = new Codebook(4, 3, java.util.Arrays.copyOf(descriptors, 12));
    LloydSums whole = new LloydSums(4, 3);
    whole.add(descriptors, words, KERNELS);
    LloydSums first = new LloydSums(4, 3);
    first.add(java.util.Arrays.copyOfRange(descriptors, 0, 90), words, KERNELS);
    LloydSums second = new LloydSums(4, 3);
    second.add(java.util.Arrays.copyOfRange(descriptors, 90, 300), words, KERNELS);
    assertThat(second.merge(first).next(words).centres()).isEqualTo(whole.next(words).centres());
  }

  @Test
  void roundsLowerTheDistances() {
    Random random = new Random(8);
    float[] descriptors = new float[2 * 200];
    for (int i = 0; i < descriptors.length; i++) {
      descriptors[i] = (float) random.nextGaussian() + (i / 2 % 2) * 6;
    }
    Codebook words = new Codebook(2, 2, new float[] {0, 0, 0.1f, 0.1f});
    double last = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 6; round++) {
      double now = distances(descriptors, words);
      assertThat(now).isLessThanOrEqualTo(last);
      last = now;
      LloydSums sums = new LloydSums(2, 2);
      sums.add(descriptors, words, KERNELS);
      words = sums.next(words);
    }
    assertThat(last / 200).as("two unit Gaussians in the plane").isCloseTo(2, within(0.4));
  }

  private static double distances(float[] descriptors, Codebook words) {
    double sum = 0;
    for (int i = 0; i < descriptors.length; i += 2) {
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < words.words(); k++) {
        double dx = descriptors[i] - words.centres()[2 * k];
        double dy = descriptors[i + 1] - words.centres()[2 * k + 1];
        least = Math.min(least, dx * dx + dy * dy);
      }
      sum += least;
    }
    return sum;
  }
}
