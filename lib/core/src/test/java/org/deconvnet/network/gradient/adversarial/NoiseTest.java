package org.deconvnet.network.gradient.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

/** z, the images of it, and how different they are. */
class NoiseTest {
  private static final Shape Z = new Shape(10, 1, 1);
  private static final AdversarialOptions OPTIONS = AdversarialOptionsTest.of(8, false, 2);

  @Test
  void zIsUniformAndDependsOnSeedStepAndGroup() {
    float[] many = new float[100_000];
    Noise.ofGroup(many, 1, 0, 0);
    double sum = 0;
    double squares = 0;
    for (float one : many) {
      assertThat(one).isBetween(-1f, Math.nextDown(1f));
      sum += one;
      squares += one * one;
    }
    assertThat(sum / many.length).isCloseTo(0, within(0.01));
    assertThat(squares / many.length).isCloseTo(1 / 3.0, within(0.01));
    float[] first = drawn(1, 0, 0);
    assertThat(drawn(1, 0, 0)).isEqualTo(first);
    assertThat(drawn(2, 0, 0)).isNotEqualTo(first);
    assertThat(drawn(1, 1, 0)).isNotEqualTo(first);
    assertThat(drawn(1, 0, 1)).isNotEqualTo(first);
  }

  @Test
  void noLocaleChangesIt() {
    float[] here = drawn(1, 20, 3);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat(drawn(1, 20, 3)).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static float[] drawn(long seed, long step, int group) {
    float[] z = new float[8];
    Noise.ofGroup(z, seed, step, group);
    return z;
  }

  @Test
  void theWayFromOneZToAnotherHoldsBothEndsAndTheirMiddle() {
    FeatureMaps from = Noise.ofImage(Z, 1, 0);
    FeatureMaps to = Noise.ofImage(Z, 1, 1);
    List<FeatureMaps> way = Noise.between(from, to, 3);
    assertThat(way.get(0).data()).isEqualTo(from.data());
    assertThat(way.get(2).data()).isEqualTo(to.data());
    assertThat(way.get(1).data()[4]).isEqualTo((from.data()[4] + to.data()[4]) / 2);
  }

  @Test
  void anImageDependsOnItsOwnZAlone() {
    NetworkWeights generator = AdversarialWeights.start(OPTIONS, 3).generator();
    Painter painter = new Painter(generator, new ScalarArrayKernels());
    List<FeatureMaps> many = painter.paint(Noise.ofImages(Z, 5, 20));
    assertThat(many).hasSize(20);
    FeatureMaps alone = painter.paint(List.of(Noise.ofImage(Z, 5, 17))).get(0);
    assertThat(alone.data()).isEqualTo(many.get(17).data()).isNotEqualTo(many.get(16).data());
    for (float pixel : alone.data()) {
      assertThat(pixel).isBetween(0f, 1f);
    }
  }

  @Test
  void pixelsGoToBothRangesAndBack() {
    FeatureMaps image = FeatureMaps.of(new Shape(1, 1, 3), new float[] {0, 0.25f, 1});
    assertThat(PixelRange.toSigned(image).data()).containsExactly(-1, -0.5f, 1);
    assertThat(PixelRange.toUnit(PixelRange.toSigned(image)).data()).containsExactly(image.data());
  }

  @Test
  void samplesThatAreAlikeAreACollapse() {
    List<FeatureMaps> images = Noise.ofImages(Z, 1, 200);
    assertThat(Diversity.variance(images)).isCloseTo(1 / 3.0, within(0.02));
    Diversity same = Diversity.of(Noise.ofImages(Z, 2, 200), images);
    assertThat(same.share()).isCloseTo(1, within(0.1));
    assertThat(same.collapsed()).isFalse();
    FeatureMaps one = Noise.ofImage(Z, 2, 0);
    Diversity collapsed = Diversity.of(List.of(one, one, one), images);
    assertThat(collapsed.share()).isZero();
    assertThat(collapsed.collapsed()).isTrue();
    assertThatThrownBy(() -> Diversity.of(List.of(one), images))
        .isInstanceOf(UserErrorException.class);
  }
}
