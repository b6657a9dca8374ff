package org.deconvnet.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FixedPointSumTest {
  private static final int TERMS = 20_000;

  @Test
  void theOrderChangesNoBit() {
    float[][] terms = terms(50, 3);
    FixedPointSum forward = new FixedPointSum(3);
    FixedPointSum left = new FixedPointSum(3);
    FixedPointSum right = new FixedPointSum(3);
    for (int i = 0; i < 50; i++) {
      forward.add(terms[i]);
      (i % 3 == 0 ? left : right).add(terms[49 - i]);
    }
    right.merge(left);
    assertThat(right.toArray()).isEqualTo(forward.toArray());
  }

  /**
   * N terms: at most N·2⁻³³ from the true sum, and so from a plain double sum by no more than that
   * and the double's own bound N·2⁻⁵³·Σ|x|.
   */
  @Test
  void theErrorIsBoundedByTheNumberOfTerms() {
    FixedPointSum fixed = new FixedPointSum(1);
    BigDecimal exact = BigDecimal.ZERO;
    double plain = 0;
    double absolute = 0;
    for (float[] term : terms(TERMS, 1)) {
      fixed.add(term);
      exact = exact.add(new BigDecimal(term[0]));
      plain += term[0];
      absolute += Math.abs(term[0]);
    }
    double bound = TERMS * 0x1p-33;
    double error = new BigDecimal(fixed.get(0)).subtract(exact).abs().doubleValue();
    assertThat(error).isLessThanOrEqualTo(bound);
    assertThat(Math.abs(fixed.get(0) - plain))
        .isLessThanOrEqualTo(bound + TERMS * 0x1p-53 * absolute);
  }

  @Test
  void aTotalThatDoesNotFitSaysSoAndWhatToDo() {
    FixedPointSum sum = new FixedPointSum(2);
    sum.add(1, 0x1p29);
    sum.add(1, 0x1p29);
    sum.add(1, 0x1p29);
    assertThatThrownBy(() -> sum.add(new float[] {0, 0x1p29f}))
        .isInstanceOf(SumOverflowException.class)
        .hasMessageContaining("number 1: expected a total below 2147483648 in size, got more")
        .hasMessageContaining("smaller batches");
    FixedPointSum other = new FixedPointSum(2);
    other.add(1, 0x1p29);
    assertThatThrownBy(() -> sum.merge(other)).isInstanceOf(SumOverflowException.class);
    assertThat(sum.get(1)).isEqualTo(3 * 0x1p29);
  }

  /** Of N terms for M images: N·M·2⁻³³ from the true sum, in any order, however large N is. */
  @Test
  void aSumOverManyImagesHoldsTheLargestTermOfEach() {
    int images = 3000;
    FixedPointSum sum = new FixedPointSum(1, images);
    FixedPointSum half = new FixedPointSum(1, images);
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < images; i++) {
      double term = 0x1p30 * (1 - (i + 1) / 1e4);
      (i % 2 == 0 ? sum : half).add(0, term);
      exact = exact.add(new BigDecimal(term));
    }
    sum.merge(half);
    assertThat(exact.doubleValue()).isGreaterThan(0x1p31);
    assertThat(new BigDecimal(sum.get(0)).subtract(exact).abs().doubleValue())
        .isLessThanOrEqualTo(images * 4096 * 0x1p-33);
  }

  @Test
  void sumsForOtherNumbersOfImagesDoNotMerge() {
    FixedPointSum sum = new FixedPointSum(1, 3);
    sum.merge(new FixedPointSum(1, 4));
    assertThatThrownBy(() -> sum.merge(new FixedPointSum(1, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("divisor");
  }

  @Test
  void aTermThatDoesNotFitSaysSoAndWhatToDo() {
    FixedPointSum sum = new FixedPointSum(1);
    for (float wrong : new float[] {0x1p30f, Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> sum.add(new float[] {wrong}))
          .isInstanceOf(SumOverflowException.class)
          .hasMessageContaining("expected a finite term below 2^30 in size, got " + (double) wrong)
          .hasMessageContaining("scale the images down");
    }
  }

  /** Of seven orders of magnitude and both signs. */
  private static float[][] terms(int count, int length) {
    Random random = new Random(1);
    float[][] terms = new float[count][length];
    for (float[] term : terms) {
      for (int i = 0; i < length; i++) {
        term[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3));
      }
    }
    return terms;
  }
}
