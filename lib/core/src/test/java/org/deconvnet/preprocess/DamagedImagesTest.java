package org.deconvnet.preprocess;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Arrays;
import org.deconvnet.preprocess.ImageDecodeException.Reason;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedImagesTest {
  private static final BufferedImage IMAGE = ImageBytes.textured(60, 40);

  private static ImageDecodeException refused(byte[] content, DecodeLimits limits) {
    ImageDecodeException thrown =
        catchThrowableOfType(
            ImageDecodeException.class, () -> ImageDecoder.decode(content, limits));
    assertThat(thrown).as("decoded without an error").isNotNull();
    return thrown;
  }

  private static void assertRefused(byte[] content, Reason reason, String... messageParts) {
    ImageDecodeException thrown = refused(content, DecodeLimits.DEFAULT);
    assertThat(thrown.reason()).as(thrown.toString()).isEqualTo(reason);
    for (String part : messageParts) {
      assertThat(thrown).hasMessageContaining(part);
    }
  }

  @Test
  void emptyFile() {
    assertRefused(new byte[0], Reason.EMPTY, "expected the bytes of an image file", "got none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello, world", "P5x is text", "x"})
  void filesOfAnotherKind(String text) {
    assertRefused(
        text.getBytes(US_ASCII), Reason.NOT_AN_IMAGE, "expected a JPEG, PNG", "starts with");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void bombIsRefusedFromItsHeader(String format) {
    byte[] small = ImageBytes.write(IMAGE, format);
    byte[] bomb =
        format.equals("png")
            ? ImageBytes.withPngSize(small, 60000, 60000)
            : ImageBytes.withJpegSize(small, 60000, 60000);
    Assertions.assertTimeout(
        Duration.ofSeconds(2),
        () ->
            assertRefused(bomb, Reason.TOO_MANY_PIXELS, "50000000", "60000 x 60000 = 3600000000"));
  }

  @Test
  void limitsAreInclusive() {
    byte[] png = ImageBytes.write(IMAGE, "png");
    assertThat(ImageDecoder.decode(png, new DecodeLimits(2400, png.length)).width()).isEqualTo(60);
    assertThat(refused(png, new DecodeLimits(2399, png.length)).reason())
        .isEqualTo(Reason.TOO_MANY_PIXELS);
    assertThat(refused(png, new DecodeLimits(2400, png.length - 1)).reason())
        .isEqualTo(Reason.TOO_MANY_BYTES);
  }

  @Test
  void limitsMustMakeSense() {
    assertThatThrownBy(() -> new DecodeLimits(0, 1))
        .hasMessageContaining("from 1 to 715827879, got 0");
    assertThatThrownBy(() -> new DecodeLimits(715_827_880, 1))
        .hasMessageContaining("got 715827880");
    assertThatThrownBy(() -> new DecodeLimits(1, 0)).hasMessageContaining("at least 1 byte, got 0");
  }

  /** Cuts from the middle of the header to the last byte, in each format. */
  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "ppm"})
  void filesThatEndTooEarly(String format) {
    byte[] whole = ImageBytes.write(IMAGE, format);
    for (int percent : new int[] {10, 30, 50, 70, 90, 99}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
      ImageDecodeException thrown = refused(cut, DecodeLimits.DEFAULT);
      assertThat(thrown.reason())
          .as("%s at %d%%: %s", format, percent, thrown)
          .isEqualTo(Reason.TRUNCATED);
      assertThat(thrown)
          .hasMessageContaining("expected a whole file, got " + cut.length + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 21, 1, 2})
  void jpegWithoutItsLastOrAfterItsFirstBytes(int missing) {
    byte[] jpeg = ImageBytes.write(IMAGE, "jpeg");
    assertRefused(Arrays.copyOf(jpeg, jpeg.length - missing), Reason.TRUNCATED);
    assertRefused(Arrays.copyOf(jpeg, missing + 3), Reason.TRUNCATED);
  }

  @Test
  void gifMayLackItsTrailer() {
    byte[] gif = ImageBytes.write(IMAGE, "gif");
    byte[] without = Arrays.copyOf(gif, gif.length - 1);
    assertThat(ImageDecoder.decode(without, DecodeLimits.DEFAULT).width()).isEqualTo(60);
  }

  @Test
  void endMarkerOfAThumbnailDoesNotCount() {
    byte[] jpeg = ImageBytes.write(IMAGE, "jpeg");
    byte[] thumbnail = {
      (byte) 0xFF, (byte) 0xE1, 0, 6, (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9
    };
    byte[] with = ImageBytes.splice(jpeg, 20, thumbnail);
    assertThat(ImageDecoder.decode(with, DecodeLimits.DEFAULT).width()).isEqualTo(60);
    assertRefused(Arrays.copyOf(with, with.length - 100), Reason.TRUNCATED);
  }

  @Test
  void jpegWithCorruptCodedData() {
    byte[] jpeg = ImageBytes.write(IMAGE, "jpeg");
    Arrays.fill(jpeg, jpeg.length / 2, jpeg.length - 200, (byte) 0);
    assertRefused(jpeg, Reason.DAMAGED, "expected sound content", "Corrupt JPEG data");
  }

  @Test
  void pngWhoseChecksumFails() {
    byte[] png = ImageBytes.write(IMAGE, "png");
    png[png.length / 2] ^= 1;
    assertRefused(png, Reason.DAMAGED, "a checksum does not hold");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BM is how this text begins, which goes on for a while, long enough for a header ok",
        "P5\n-3 x\n255\n",
        "GIF89a and then words instead of blocks"
      })
  void contentThatBeliesItsFirstBytes(String text) {
    assertThat(refused(text.getBytes(US_ASCII), DecodeLimits.DEFAULT).reason())
        .isIn(Reason.DAMAGED, Reason.TRUNCATED, Reason.TOO_MANY_PIXELS);
  }
}
