package org.deconvnet.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class MapPictureTest {
  private static FeatureMaps written(java.awt.image.BufferedImage picture) {
    return ImageDecoder.decode(PngWriter.encode(picture), DecodeLimits.DEFAULT);
  }

  @Test
  void greyPixelsComeBackWithinHalfATone() {
    FeatureMaps image = FeatureMaps.of(new Shape(1, 2, 3), new float[] {0, .2f, .4f, .6f, .8f, 1});
    FeatureMaps back = written(MapPicture.pixels(image));
    assertThat(back.shape()).isEqualTo(image.shape());
    for (int i = 0; i < 6; i++) {
      assertThat(back.data()[i]).isCloseTo(image.data()[i], within(0.5f / 255 + 1e-6f));
    }
  }

  @Test
  void colourKeepsItsOrderAndWhatLiesOutsideIsClipped() {
    FeatureMaps image = FeatureMaps.of(new Shape(3, 1, 1), new float[] {-0.5f, 1.5f, 1});
    assertThat(MapPicture.pixels(image).getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x00FFFF);
  }

  @Test
  void signedNumbersLieAroundMidGrey() {
    FeatureMaps image = FeatureMaps.of(new Shape(1, 1, 3), new float[] {-2, 0, 9});
    assertThat(MapPicture.range(image)).isEqualTo(9);
    FeatureMaps back = written(MapPicture.signed(image, 2));
    assertThat(back.data()).containsExactly(0, 128 / 255f, 1);
  }
}
