package org.deconvnet.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PowerShrinkageTest {
  private static final double[] BETAS = {1, 10, 100, 1e3, 1e4, 1e5};

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.05, 0.3, 0.5, 2 / 3.0, 0.8, 0.95, 0.999, 1 - 1e-9, 1})
  void agreesWithASearchForTheMinimum(double alpha) {
    double kappa = 1.3;
    PowerShrinkage shrinkage = new PowerShrinkage(alpha);
    for (double beta : BETAS) {
      PowerShrinkage.Threshold threshold = shrinkage.at(kappa / beta);
      for (int i = 0; i <= 60; i++) {
        // Around the jump, but not on it: there two minima tie.
        float v = (float) (threshold.tau() * Math.pow(1.21, i - 25.5));
        double expected = search(kappa, alpha, beta, v);
        assertThat((double) threshold.apply(v))
            .as("alpha %s, beta %s, v %s", alpha, beta, v)
            .isCloseTo(expected, within(1e-6 * v));
        assertThat(threshold.apply(-v)).isEqualTo(-threshold.apply(v));
      }
    }
  }

  /** The best point of a grid on [0, v], refined around its best point again and again. */
  private static double search(double kappa, double alpha, double beta, double v) {
    DoubleUnaryOperator cost = x -> kappa * Math.pow(x, alpha) + beta / 2 * x * x - beta * x * v;
    double from = 0;
    double to = v;
    double best = 0;
    int points = 2000;
    for (int round = 0; round < 5; round++) {
      double grid = (to - from) / points;
      for (int i = 0; i <= points; i++) {
        double x = from + i * grid;
        best = cost.applyAsDouble(x) < cost.applyAsDouble(best) ? x : best;
      }
      from = Math.max(0, best - 2 * grid);
      to = best + 2 * grid;
    }
    return best;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.398, 0.466", "10, 0.2052, 0.0684", "100, 0.0301, 0.0100",
    "1e3, 0.00442, 0.00147", "1e4, 0.00065, 0.00022", "1e5, 0.0001, 0.00003"
  })
  void thresholdAndJumpAreTheReferenceTables(double beta, double tau, double t) {
    PowerShrinkage.Threshold threshold = new PowerShrinkage(0.8).at(1 / beta);
    assertThat(threshold.tau()).isCloseTo(tau, within(tau < 1e-3 ? 1e-5 : tau * 2e-3));
    assertThat(threshold.t()).isCloseTo(t, within(t < 1e-3 ? 5e-6 : t * 4e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 2 / 3.0, 0.8, 0.95, 0.999})
  void tableHoldsNewtonsRootToSinglePrecision(double alpha) {
    PowerShrinkage shrinkage = new PowerShrinkage(alpha);
    PowerShrinkage.Threshold threshold = shrinkage.at(1.0 / 37);
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      float v =
          (float) (threshold.tau() + threshold.t() * Math.pow(10, 12 * random.nextDouble() - 5));
      double expected = threshold.t() * shrinkage.root(v / threshold.t());
      assertThat((double) threshold.apply(v))
          .as("v %s", v)
          .isCloseTo(expected, within(0.6 * Math.ulp((float) expected)));
      double back = expected + alpha / 37 * Math.pow(expected, alpha - 1);
      assertThat(back).as("root of %s", v).isCloseTo(v, within(1e-12 * v));
    }
  }

  @Test
  void closedFormsAgree() {
    for (double beta : BETAS) {
      for (int i = 0; i < 400; i++) {
        float v = (float) ((i % 2 == 0 ? 1 : -1) * 1e-5 * Math.pow(1.04, i) + 1e-7);
        double c = 0.7 / beta;
        closedForm(1, v, c, soft(v, c));
        closedForm(0.5, v, c, half(v, c));
        closedForm(2 / 3.0, v, c, twoThirds(v, c));
      }
    }
  }

  private static void closedForm(double alpha, float v, double c, double expected) {
    assertThat((double) new PowerShrinkage(alpha).at(c).apply(v))
        .as("alpha %s, c %s, v %s", alpha, c, v)
        .isCloseTo(expected, within(0x1p-23 * Math.abs(v)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 1})
  void numbersThatAreNotFiniteStayWhatTheyAre(double alpha) {
    PowerShrinkage.Threshold threshold = new PowerShrinkage(alpha).at(0.1);
    assertThat(threshold.apply(Float.NaN)).isNaN();
    assertThat(threshold.apply(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(threshold.apply(Float.MAX_VALUE)).isEqualTo(Float.MAX_VALUE);
    assertThat(threshold.apply(Float.MIN_VALUE)).isZero();
    assertThat(threshold.apply(0)).isZero();
  }

  @Test
  void arraysAreShrunkInPlaceScaledAndInPart() {
    PowerShrinkage.Threshold threshold = new PowerShrinkage(0.8).at(1);
    float[] v = {0.1f, -3, 0, 2.5f};
    float[] expected = {0, threshold.apply(-3), 0, threshold.apply(2.5f)};
    new Power(1, 0.8).proximal(1, 1).apply(v, 1, v);
    assertThat(v).isEqualTo(expected);
    float[] scaled = {7, 1.5f, 7};
    new Power(1, 0.8).proximal(1, 1).apply(scaled, -2, scaled, 1, 2);
    assertThat(scaled).containsExactly(7, threshold.apply(-3), 7);
    assertThatThrownBy(() -> new Power(1, 0.8).proximal(1, 1).apply(v, 1, new float[3]))
        .hasMessage("proximal operator: numbers: expected 4, got 3");
  }

  @Test
  void unusableParametersAreRefused() {
    assertThatThrownBy(() -> new Power(0, 0.8))
        .hasMessage("kappa: expected a positive number, got 0.0");
    assertThatThrownBy(() -> new Power(1, 0)).hasMessage("alpha: expected 0 < alpha <= 1, got 0.0");
    assertThatThrownBy(() -> new Power(1, 1.5)).hasMessageContaining("got 1.5");
    assertThatThrownBy(() -> new Power(1, Double.NaN)).hasMessageContaining("got NaN");
    assertThatThrownBy(() -> new Power(1, 0.8).proximal(1, 0)).hasMessageContaining("weight");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5, 0.8, 1})
  void penaltyIsTheSumOfPowers(double alpha) {
    Random random = new Random(5);
    float[] v = new float[1000];
    double expected = 0;
    for (int i = 0; i < v.length; i++) {
      v[i] = i % 10 == 0 ? 0 : (float) (random.nextGaussian() * Math.pow(2, i % 100 - 90));
      expected += 2.5 * Math.pow(Math.abs(v[i]), alpha);
    }
    Power penalty = new Power(2.5, alpha);
    assertThat(penalty.value(v)).isCloseTo(expected, within(1e-8 * expected));
    double least = 2.5 * Math.pow(Float.MIN_VALUE, alpha);
    assertThat(penalty.value(new float[] {-Float.MIN_VALUE}))
        .isCloseTo(least, within(1e-8 * least));
    assertThat(penalty.value(new float[] {1, Float.NaN})).isNaN();
  }

  /** α = 1: max(|v| − c, 0) sign(v), with c = κ/β. */
  private static double soft(double v, double c) {
    return Math.copySign(Math.max(Math.abs(v) - c, 0), v);
  }

  /**
   * α = 1/2, with c = κ/β: the larger root of s³ − |v| s + c/2 = 0 for s = √x, by cosines (Xu et
   * al., IEEE TNNLS 2012).
   */
  private static double half(double v, double c) {
    double size = Math.abs(v);
    if (size <= 1.5 * Math.cbrt(c * c)) {
      return 0;
    }
    double angle = Math.acos(-c / 4 * Math.pow(size / 3, -1.5)) / 3;
    double root = 2 * Math.sqrt(size / 3) * Math.cos(angle);
    return Math.copySign(root * root, v);
  }

  /**
   * α = 2/3, with c = κ/β: the larger root of s⁴ − |v| s + 2c/3 = 0 for s = ∛x, by Ferrari's
   * resolvent (Krishnan and Fergus, NIPS 2009).
   */
  private static double twoThirds(double v, double c) {
    double size = Math.abs(v);
    double e = 2 * c / 3;
    if (size <= 2 * Math.pow(e, 0.75)) {
      return 0;
    }
    double discriminant = Math.sqrt(Math.pow(size, 4) / 256 - e * e * e / 27);
    // The resolvent's two cube roots multiply to e/3; their difference form would cancel.
    double cubeRoot = Math.cbrt(size * size / 16 + discriminant);
    double y = cubeRoot + e / (3 * cubeRoot);
    double m = Math.sqrt(2 * y);
    double s = (m + Math.sqrt(2 * size / m - m * m)) / 2;
    return Math.copySign(s * s * s, v);
  }
}
