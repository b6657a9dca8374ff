package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.deconvnet.preprocess.ImageDecodeException.Reason;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static FeatureMaps decode(byte[] content) {
    return ImageDecoder.decode(content, DecodeLimits.DEFAULT);
  }

  private static Reason refused(byte[] content) {
    return catchThrowableOfType(ImageDecodeException.class, () -> decode(content)).reason();
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).as(format).isTrue();
    return out.toByteArray();
  }

  /** 5 x 7 with red growing downwards, green to the right. */
  private static BufferedImage colours() {
    BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 7; x++) {
        image.setRGB(x, y, (y * 50) << 16 | (x * 30) << 8 | 10);
      }
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "ppm"})
  void sizesComeFromHeaders(String format) throws IOException {
    byte[] whole = encoded(colours(), format);
    assertThat(ImageDecoder.size(whole, DecodeLimits.LOOSEST)).isEqualTo(new Shape(1, 5, 7));
    assertThatThrownBy(() -> ImageDecoder.size(whole, new DecodeLimits(34, 1000)))
        .hasMessageContaining("expected at most 34 pixels, got 7 x 5 = 35");
    assertThatThrownBy(() -> ImageDecoder.size(new byte[] {1, 2}, DecodeLimits.LOOSEST))
        .hasMessageContaining("expected a JPEG, PNG");
  }

  @ParameterizedTest
  @CsvSource({"png, 0.001", "bmp, 0.001", "jpg, 0.25"})
  void colourHasThreeChannelsInTheirOrder(String format, double tolerance) throws IOException {
    FeatureMaps maps = decode(encoded(colours(), format));
    assertThat(maps.shape()).isEqualTo(new Shape(3, 5, 7));
    assertThat((double) maps.get(0, 4, 1)).isCloseTo(200 / 255.0, within(tolerance));
    assertThat((double) maps.get(1, 1, 6)).isCloseTo(180 / 255.0, within(tolerance));
    assertThat((double) maps.get(2, 0, 0)).isCloseTo(10 / 255.0, within(tolerance));
  }

  @Test
  void greyOfEightAndSixteenBitsHasOneChannel() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
      BufferedImage image = new BufferedImage(4, 3, type);
      int most = type == BufferedImage.TYPE_BYTE_GRAY ? 255 : 65535;
      image.getRaster().setSample(2, 1, 0, most / 4);
      FeatureMaps maps = decode(encoded(image, "png"));
      assertThat(maps.shape()).isEqualTo(new Shape(1, 3, 4));
      assertThat((double) maps.get(0, 1, 2)).isCloseTo(0.25, within(0.004));
      assertThat(maps.get(0, 0, 0)).isZero();
    }
  }

  @Test
  void portableGreyMapsOfBothDepths() {
    byte[] eight = "P5\n2 2\n255\n".getBytes(StandardCharsets.US_ASCII);
    byte[] content = Arrays.copyOf(eight, eight.length + 4);
    content[eight.length + 1] = (byte) 255;
    FeatureMaps maps = decode(content);
    assertThat(maps.shape()).isEqualTo(new Shape(1, 2, 2));
    assertThat(maps.data()).containsExactly(0, 1, 0, 0);

    byte[] sixteen = "P5\n2 1\n65535\n".getBytes(StandardCharsets.US_ASCII);
    byte[] deep = Arrays.copyOf(sixteen, sixteen.length + 4);
    deep[sixteen.length + 2] = (byte) 0x80;
    assertThat((double) decode(deep).get(0, 0, 1)).isCloseTo(0.5, within(0.002));
  }

  @Test
  void cmykJpegBecomesColour() {
    FeatureMaps maps = decode(CmykJpeg.plain());
    assertThat(maps.maps()).isEqualTo(3);
    for (float v : maps.data()) {
      assertThat(v).isBetween(0f, 1f);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6, 0.9, 0.99})
  void aJpegThatBreaksOffIsRefused(double kept) throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, i * 7919);
    }
    byte[] whole = encoded(image, "jpg");
    byte[] cut = Arrays.copyOf(whole, (int) (whole.length * kept));
    assertThat(refused(cut)).isIn(Reason.TRUNCATED, Reason.DAMAGED);
    assertThat(decode(Arrays.copyOf(whole, whole.length + 20)).width()).isEqualTo(64);
  }

  @Test
  void aPngThatBreaksOffIsRefused() throws IOException {
    byte[] whole = encoded(colours(), "png");
    assertThat(refused(Arrays.copyOf(whole, whole.length - 20)))
        .isIn(Reason.TRUNCATED, Reason.DAMAGED);
  }

  @Test
  void nothingAndTextAreNoImages() {
    assertThat(refused(new byte[0])).isEqualTo(Reason.EMPTY);
    assertThat(refused("just a note".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Reason.NOT_AN_IMAGE);
  }

  @Test
  void aJpegWhoseHeaderPromisesTooMuchIsRefusedUndecoded() throws IOException {
    byte[] jpeg = encoded(colours(), "jpg");
    for (int i = 0; i < jpeg.length - 8; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        jpeg[i + 5] = (byte) 0xEA;
        jpeg[i + 6] = 0x60;
        jpeg[i + 7] = (byte) 0xEA;
        jpeg[i + 8] = 0x60;
      }
    }
    assertThat(refused(jpeg)).isEqualTo(Reason.TOO_MANY_PIXELS);
    assertThatThrownBy(() -> decode(jpeg)).hasMessageMatching("(?s).*60,?000.*");
  }

  @Test
  void limitsAreChecked() {
    assertThatThrownBy(() -> new DecodeLimits(0, 10)).hasMessageContaining("0");
    DecodeLimits tiny = new DecodeLimits(10, 1 << 20);
    assertThatThrownBy(() -> ImageDecoder.decode(encoded(colours(), "png"), tiny))
        .isInstanceOf(ImageDecodeException.class)
        .hasMessageContaining("35")
        .hasMessageContaining("10");
  }
}
