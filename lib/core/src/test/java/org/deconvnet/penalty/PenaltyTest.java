package org.deconvnet.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every penalty must hold to; a new one joins the list. */
class PenaltyTest {
  static final Penalty[] PENALTIES = {
    new L1(1),
    new L1(0.3),
    new Power(1.3, 0.8),
    new Power(0.5, 0.5),
    new Power(2, 1),
    new NonNegativeElasticNet(0.8, 0.3)
  };

  @ParameterizedTest
  @FieldSource("PENALTIES")
  void theProximalOperatorMinimisesWhatItSays(Penalty penalty) {
    Random random = new Random(3);
    for (double step : new double[] {0.01, 1}) {
      for (double weight : new double[] {0.7, 25}) {
        float[] v = numbers(200, random);
        float[] x = new float[v.length];
        penalty.proximal(step, weight).apply(v, -0.5f, x);
        for (int i = 0; i < v.length; i++) {
          double best = cost(penalty, step, weight, -0.5f * v[i], x[i]);
          for (int other = 0; other <= 400; other++) {
            float candidate = -0.5f * v[i] * (other - 100) / 200;
            assertThat(cost(penalty, step, weight, -0.5f * v[i], candidate))
                .isGreaterThan(best - 1e-6 * (1 + best));
          }
        }
      }
    }
  }

  private static double cost(Penalty penalty, double step, double weight, float v, float x) {
    return step * penalty.value(new float[] {x}) + weight / 2 * ((double) x - v) * ((double) x - v);
  }

  @ParameterizedTest
  @FieldSource("PENALTIES")
  void whoSaysSoKeepsSignsAndTheOrderOfSizes(Penalty penalty) {
    float[] v = numbers(300, new Random(8));
    float[] x = new float[v.length];
    penalty.proximal(1, 2).apply(v, 1, x);
    boolean kept = true;
    for (int i = 0; i < v.length; i++) {
      float[] negative = new float[v.length];
      penalty.proximal(1, 2).apply(v, -1, negative);
      kept &= negative[i] == -x[i];
      for (int j = 0; j < v.length; j++) {
        kept &= Math.abs(v[i]) > Math.abs(v[j]) || Math.abs(x[i]) <= Math.abs(x[j]);
      }
    }
    assertThat(kept).isEqualTo(penalty.keepsOrder());
  }

  @ParameterizedTest
  @FieldSource("PENALTIES")
  void numbersOutsideTheRangeStay(Penalty penalty) {
    float[] v = {5, -6, 7, -8};
    penalty.proximal(1, 2).apply(v, 1, v, 1, 3);
    assertThat(v[0]).isEqualTo(5);
    assertThat(v[3]).isEqualTo(-8);
    assertThat(v[2]).isBetween(0f, 6.99f);
  }

  @ParameterizedTest
  @FieldSource("PENALTIES")
  void travelsAsBytes(Penalty penalty) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(penalty);
    }
    Penalty read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (Penalty) in.readObject();
    }
    float[] v = numbers(50, new Random(4));
    float[] x = new float[v.length];
    float[] expected = new float[v.length];
    read.proximal(1, 3).apply(v, 1, x);
    penalty.proximal(1, 3).apply(v, 1, expected);
    assertThat(x).isEqualTo(expected);
    assertThat(read.value(x)).isEqualTo(penalty.value(x));
  }

  @Test
  void softThresholdingIsWhatItIsCalled() {
    float[] v = {0.5f, -0.5f, 2, -2, 0, Float.NaN};
    new L1(3).proximal(0.5, 1.5).apply(v, 1, v);
    assertThat(v).containsExactly(0, 0, 1, -1, 0, Float.NaN);
    assertThat(new L1(3).value(new float[] {1, -2, 0})).isCloseTo(9, within(1e-12));
    assertThatThrownBy(() -> new L1(0)).hasMessageContaining("kappa: expected a positive number");
    assertThatThrownBy(() -> new L1(1).proximal(1, 0)).hasMessageContaining("weight: expected");
  }

  private static float[] numbers(int count, Random random) {
    float[] v = new float[count];
    for (int i = 0; i < count; i++) {
      v[i] = (float) (random.nextGaussian() * 3);
    }
    return v;
  }
}
