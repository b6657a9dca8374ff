package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.deconvnet.preprocess.ImageDecodeException.Reason;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebpTest {
  private static FeatureMaps decode(byte[] content) {
    return ImageDecoder.decode(content, DecodeLimits.DEFAULT);
  }

  private static ImageDecodeException refused(byte[] content) {
    ImageDecodeException thrown =
        catchThrowableOfType(ImageDecodeException.class, () -> decode(content));
    assertThat(thrown).as("decoded without an error").isNotNull();
    return thrown;
  }

  private static float colour(int channel, int x, int y) {
    return (Fixture.rgb(x, y) >> (16 - 8 * channel) & 0xFF) / 255f;
  }

  /** Of an animation the first frame. */
  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "animated.webp"})
  void lossless(String name) {
    FeatureMaps image = decode(Fixture.read(name));
    assertThat(image.shape()).isEqualTo(new Shape(3, Fixture.HEIGHT, Fixture.WIDTH));
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < Fixture.HEIGHT; y++) {
        for (int x = 0; x < Fixture.WIDTH; x++) {
          assertThat(image.get(c, y, x)).isCloseTo(colour(c, x, y), within(1e-6f));
        }
      }
    }
  }

  /** Within one tone of what libwebp makes of it, without smoothing of any kind. */
  @Test
  void lossy() {
    FeatureMaps image = decode(Fixture.read("lossy.webp"));
    FeatureMaps reference = decode(Fixture.read("lossy.png"));
    assertThat(image.shape()).isEqualTo(reference.shape());
    assertThat(image.data()).containsExactly(reference.data(), within(1.01f / 255));
  }

  @Test
  void transparencyShowsWhite() {
    FeatureMaps image = decode(Fixture.read("alpha.webp"));
    assertThat(image.get(1, 20, 5)).isCloseTo(colour(1, 5, 20), within(1e-6f));
    assertThat(image.get(1, 20, 30)).isCloseTo(colour(1, 30, 20) * 0.4f + 0.6f, within(1e-5f));
  }

  /** The reader does not know this way, and would show the image without its transparency. */
  @Test
  void transparencyThatIsNotReadIsNotIgnored() {
    assertThat(refused(Fixture.read("rawalpha.webp"))).hasMessageContaining("alpha");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "lossy.webp", "alpha.webp", "animated.webp"})
  void filesThatEndTooEarly(String name) {
    byte[] whole = Fixture.read(name);
    for (int percent : new int[] {12, 30, 50, 70, 90, 99}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
      assertThat(refused(cut).reason()).as("%s at %d%%", name, percent).isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void sizesAndLimitsComeFromTheHeader() {
    byte[] file = Fixture.read("lossy.webp");
    assertThat(ImageDecoder.size(file, DecodeLimits.LOOSEST)).isEqualTo(new Shape(1, 24, 40));
    assertThat(
            catchThrowableOfType(
                    ImageDecodeException.class,
                    () -> ImageDecoder.decode(file, new DecodeLimits(959, 1000)))
                .reason())
        .isEqualTo(Reason.TOO_MANY_PIXELS);
  }

  /** The extended header and the picture each say a size; memory is taken by the second. */
  @Test
  void aPictureOfAnotherSizeThanTheHeaderSaysIsRefused() {
    byte[] plain = Fixture.read("lossy.webp");
    byte[] block = Oriented.block(1, ByteOrder.LITTLE_ENDIAN);
    byte[] smaller = Oriented.webp(plain, 20, 12, block);
    assertThat(refused(smaller))
        .hasMessageContaining("expected a picture of 20 x 12 pixels")
        .hasMessageContaining("got 40 x 24");
    byte[] none = Oriented.webp(Arrays.copyOf(plain, 12), 40, 24, block);
    assertThat(refused(none)).hasMessageContaining("expected one picture, got 0");
  }

  @Test
  void aDamagedProfileHarmsNoPixel() {
    byte[] plain = Fixture.read("lossless.webp");
    byte[] extended = Oriented.webp(plain, 40, 24, Oriented.block(1, ByteOrder.LITTLE_ENDIAN));
    byte[] profile = {'I', 'C', 'C', 'P', 4, 0, 0, 0, 1, 2, 3, 4};
    byte[] with = ImageBytes.splice(extended, 12 + 18, profile);
    with[20] |= 0x20;
    ByteBuffer.wrap(with).order(ByteOrder.LITTLE_ENDIAN).putInt(4, with.length - 8);
    assertThat(decode(with).data()).isEqualTo(decode(plain).data());
  }
}
