package org.deconvnet.network.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void itIsTheLibrarysToFourteenDigits() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double x = -708 * Math.pow(random.nextDouble(), 4);
      double expected = StrictMath.exp(x);
      assertThat(Exponential.of(x)).as("e^%s", x).isCloseTo(expected, within(2e-14 * expected));
    }
  }

  @Test
  void theEndsAreExact() {
    assertThat(Exponential.of(0)).isEqualTo(1);
    assertThat(Exponential.of(-0.0)).isEqualTo(1);
    assertThat(Exponential.of(-709)).isZero();
    assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exponential.of(Double.NaN)).isNaN();
  }
}
