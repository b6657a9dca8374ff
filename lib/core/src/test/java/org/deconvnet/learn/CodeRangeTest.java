package org.deconvnet.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class CodeRangeTest {
  @Test
  void itKnowsTheMeanAndTheRangeOfAllCodes() {
    CodeRange range = of(codes(-3, 0.5f), codes(1, 0, 0, 4));
    assertThat(range.mean()).isCloseTo(2.5 / 6, within(1e-9));
    assertThat(range.range()).isEqualTo(7);
  }

  @Test
  void theOrderAndThePartitionsOfImagesChangeNoBit() {
    FeatureMaps[] all = {codes(0.1f, -0.7f), codes(0.3f), codes(1e-3f, 5, 0.2f), codes(-0.9f)};
    CodeRange together = of(all);
    CodeRange apart = of(all[3], all[1]);
    apart.merge(new CodeRange());
    apart.merge(of(all[2], all[0]));
    assertThat(apart.mean()).isEqualTo(together.mean());
    assertThat(apart.range()).isEqualTo(together.range());
  }

  @Test
  void negativeCodesAloneHaveANegativeMeanAndAPositiveRange() {
    CodeRange range = of(codes(-3, -1));
    assertThat(range.mean()).isEqualTo(-2);
    assertThat(range.range()).isEqualTo(2);
  }

  @Test
  void codesThatAreAllEqualCannotBeRescaled() {
    CodeRange range = of(codes(0, 0, 0));
    assertThatThrownBy(() -> MapScaling.of(range))
        .hasMessageContaining("all codes of the layer are equal");
  }

  @Test
  void codesThatAreNotFiniteAreRefused() {
    assertThatThrownBy(() -> of(codes(1, Float.NaN)))
        .hasMessageContaining("expected a finite term");
  }

  private static CodeRange of(FeatureMaps... codes) {
    CodeRange range = new CodeRange();
    for (FeatureMaps code : codes) {
      range.add(code);
    }
    return range;
  }

  private static FeatureMaps codes(float... values) {
    return FeatureMaps.of(new Shape(1, 1, values.length), values);
  }
}
