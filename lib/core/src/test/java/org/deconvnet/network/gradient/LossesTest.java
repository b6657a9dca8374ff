package org.deconvnet.network.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

class LossesTest {
  private static final int VOID = 255;
  private static final float[] WEIGHTS = {1, 0.5f, 2};

  private static GroupMaps scores(int seed) {
    GroupMaps scores = new GroupMaps(new Shape(3, 2, 2), 2);
    GradientNetworkTest.fill(scores.data(), new Random(seed));
    return scores;
  }

  /** (class, pixel) with 8 pixels, as the formula says it. */
  private static double entropy(double[] s, int[] labels, double divisor) {
    double sum = 0;
    for (int p = 0; p < labels.length; p++) {
      if (labels[p] != VOID) {
        double total = 0;
        for (int k = 0; k < 3; k++) {
          total += Math.exp(s[k * labels.length + p]);
        }
        double probability = Math.exp(s[labels[p] * labels.length + p]) / total;
        sum -= WEIGHTS[labels[p]] * Math.log(probability);
      }
    }
    return sum / divisor;
  }

  private static void agrees(
      GroupMaps at, GroupMaps gradient, double loss, ToDoubleFunction<double[]> plain) {
    double[] s = GradientNetworkTest.doubles(at.data());
    assertThat(loss).isCloseTo(plain.applyAsDouble(s), within(1e-9));
    double[] slopes = new double[s.length];
    for (int i = 0; i < s.length; i++) {
      double middle = s[i];
      s[i] = middle + 1e-5;
      double above = plain.applyAsDouble(s);
      s[i] = middle - 1e-5;
      slopes[i] = (above - plain.applyAsDouble(s)) / 2e-5;
      s[i] = middle;
    }
    GradientNetworkTest.close(gradient.data(), slopes, 1e-6);
  }

  @Test
  void crossEntropyOfPixels() {
    GroupMaps scores = scores(1);
    int[] labels = {0, 1, 2, VOID, 1, 1, VOID, 0};
    GroupMaps gradient = scores(2);
    PixelCrossEntropy entropy = new PixelCrossEntropy(VOID, WEIGHTS);
    double loss = entropy.loss(scores, labels, 7, gradient);
    agrees(scores, gradient, loss, s -> entropy(s, labels, 7));
    assertThat(entropy.counted()).isEqualTo(2 * 1 + 3 * 0.5 + 1 * 2);
    assertThat(gradient.data()[3]).isZero();
  }

  @Test
  void largeScoresOverflowNothing() {
    GroupMaps scores = scores(1);
    scores.data()[0] = 3e38f;
    scores.data()[8] = -3e38f;
    int[] labels = {0, 1, 2, VOID, 1, 1, VOID, 0};
    GroupMaps gradient = scores(2);
    double loss = new PixelCrossEntropy(VOID, WEIGHTS).loss(scores, labels, 1, gradient);
    assertThat(loss).isFinite();
    assertThat(gradient.data()[0]).isZero();
    assertThat(LogisticLoss.loss(scores, 0, 1, gradient)).isBetween(2.9e38, 3.1e38);
    assertThat(gradient.data()[0]).isEqualTo(1);
    assertThat(gradient.data()[8]).isZero();
  }

  @Test
  void unknownLabelsAreNamedWithTheirPlace() {
    int[] labels = {0, 1, 2, VOID, 1, 1, 3, 0};
    assertThatThrownBy(
            () -> new PixelCrossEntropy(VOID, WEIGHTS).loss(scores(1), labels, 1, scores(2)))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining(
            "class from 0 to 2, or 255 for none, got 3 in image 1, row 1, column 0");
    assertThatThrownBy(() -> new PixelCrossEntropy(2, WEIGHTS))
        .hasMessageContaining("void label that is no class, got 2 of 3");
  }

  @Test
  void logisticLoss() {
    for (double target : new double[] {0, 0.9, 1}) {
      GroupMaps logits = scores(3);
      GroupMaps gradient = scores(4);
      double loss = LogisticLoss.loss(logits, target, 5, gradient);
      agrees(logits, gradient, loss, s -> logistic(s, target) / 5);
    }
  }

  private static double logistic(double[] logits, double target) {
    double sum = 0;
    for (double s : logits) {
      double share = 1 / (1 + Math.exp(-s));
      sum -= target * Math.log(share) + (1 - target) * Math.log(1 - share);
    }
    return sum;
  }
}
