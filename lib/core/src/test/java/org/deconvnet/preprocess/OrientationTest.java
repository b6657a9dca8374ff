package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.Mutations;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
  private static final int WIDTH = 3;
  private static final int HEIGHT = 2;

  private static FeatureMaps decode(byte[] content) {
    return ImageDecoder.decode(content, DecodeLimits.DEFAULT);
  }

  /** Grey: a b c over d e f, as 10 20 30 over 40 50 60. */
  private static BufferedImage letters(int scale) {
    BufferedImage image =
        new BufferedImage(WIDTH * scale, HEIGHT * scale, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int letter = y / scale * WIDTH + x / scale;
        image.getRaster().setSample(x, y, 0, 10 * (letter + 1));
      }
    }
    return image;
  }

  /** The letters of an image, row by row. */
  private static String text(FeatureMaps image, int scale) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < image.height(); y += scale) {
      for (int x = 0; x < image.width(); x += scale) {
        float tone = image.get(0, y + scale / 2, x + scale / 2) * 255;
        text.append((char) ('a' + Math.round(tone / 10) - 1));
      }
      text.append(y + scale < image.height() ? "/" : "");
    }
    return text.toString();
  }

  /** What EXIF 2.3 says of tag 274: where the stored first row and column are seen. */
  @ParameterizedTest
  @CsvSource({
    "0, abc/def",
    "1, abc/def",
    "2, cba/fed",
    "3, fed/cba",
    "4, def/abc",
    "5, ad/be/cf",
    "6, da/eb/fc",
    "7, fc/eb/da",
    "8, cf/be/ad",
    "9, abc/def",
    "65535, abc/def"
  })
  void imagesAreTurnedUpright(int tag, String upright) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      byte[] block = Oriented.block(tag, order);
      byte[] jpeg = Oriented.jpeg(ImageBytes.write(letters(16), "jpeg"), block);
      byte[] png = Oriented.png(ImageBytes.write(letters(1), "png"), block);
      assertThat(text(decode(jpeg), 16)).as("jpeg").isEqualTo(upright);
      assertThat(text(decode(png), 1)).as("png").isEqualTo(upright);
    }
    byte[] tiff =
        TiffBytes.page(WIDTH, HEIGHT, 1, 1, 8)
            .put(TiffTags.ORIENTATION, tag)
            .strip(10, 20, 30, 40, 50, 60)
            .bytes();
    assertThat(text(decode(tiff), 1)).as("tiff").isEqualTo(upright);
  }

  @Test
  void coloursAndTransparencyTurnWithTheirPixels() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_4BYTE_ABGR);
    image.setRGB(0, 0, 0xFFFF0000);
    image.setRGB(1, 0, 0x000000FF);
    byte[] block = Oriented.block(6, ByteOrder.BIG_ENDIAN);
    FeatureMaps half = decode(Oriented.png(ImageBytes.write(image, "png"), block));
    assertThat(half.shape()).isEqualTo(new Shape(3, 2, 1));
    assertThat(half.data()).containsExactly(1, 1, 0, 1, 0, 1);
    byte[] mirrored =
        Oriented.png(ImageBytes.write(image, "png"), Oriented.block(2, ByteOrder.BIG_ENDIAN));
    assertThat(decode(mirrored).data()).containsExactly(1, 1, 1, 0, 1, 0);
  }

  @Test
  void palettesTurnAsWell() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(0, 0, 0xFFFFFF);
    byte[] png =
        Oriented.png(ImageBytes.write(image, "png"), Oriented.block(3, ByteOrder.BIG_ENDIAN));
    assertThat(decode(png).data()).containsExactly(0, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Exif\0\0"})
  void webpTurnsWithAndWithoutThePrefixOfJpeg(String prefix) {
    byte[] block = Oriented.block(6, ByteOrder.LITTLE_ENDIAN);
    byte[] prefixed = ImageBytes.splice(block, 0, prefix.getBytes(StandardCharsets.US_ASCII));
    byte[] plain = Fixture.read("lossless.webp");
    byte[] turned = Oriented.webp(plain, Fixture.WIDTH, Fixture.HEIGHT, prefixed);
    FeatureMaps stored = decode(plain);
    FeatureMaps upright = decode(turned);
    assertThat(upright.shape()).isEqualTo(new Shape(3, Fixture.WIDTH, Fixture.HEIGHT));
    assertThat(upright.get(1, 5, 20)).isEqualTo(stored.get(1, Fixture.HEIGHT - 1 - 20, 5));
    assertThat(ImageDecoder.decode(turned, DecodeLimits.DEFAULT, false).data())
        .isEqualTo(stored.data());
  }

  @Test
  void sizesFromHeadersAreThoseOfTheUprightImage() {
    byte[] turned =
        Oriented.jpeg(
            ImageBytes.write(letters(16), "jpeg"), Oriented.block(8, ByteOrder.BIG_ENDIAN));
    assertThat(ImageDecoder.size(turned, DecodeLimits.LOOSEST)).isEqualTo(new Shape(1, 48, 32));
    assertThat(ImageDecoder.size(turned, DecodeLimits.LOOSEST, false))
        .isEqualTo(new Shape(1, 32, 48));
  }

  @Test
  void theKeyTurnsItOff() {
    byte[] plain = ImageBytes.write(letters(16), "jpeg");
    byte[] turned = Oriented.jpeg(plain, Oriented.block(6, ByteOrder.BIG_ENDIAN));
    PreprocessOptions options = PreprocessOptions.DEFAULTS.withLongestSide(30);
    Preprocessor asStored = new Preprocessor(options.withUpright(false));
    Preprocessor upright = new Preprocessor(options);
    assertThat(asStored.decode(turned, DecodeLimits.DEFAULT).data())
        .isEqualTo(asStored.decode(plain, DecodeLimits.DEFAULT).data())
        .isEqualTo(upright.decode(plain, DecodeLimits.DEFAULT).data());
    assertThat(upright.decode(turned, DecodeLimits.DEFAULT).shape())
        .isEqualTo(new Shape(1, 30, 20));
  }

  /** A thumbnail's own orientation, in the second directory, is not the image's. */
  @Test
  void damagedBlocksLeaveTheImageAsItIs() {
    byte[] sound = Oriented.block(6, ByteOrder.BIG_ENDIAN);
    byte[] plain = ImageBytes.write(letters(16), "jpeg");
    List<byte[]> damaged =
        List.of(
            new byte[0],
            new byte[] {'M', 'M'},
            Arrays.copyOf(sound, 9),
            Arrays.copyOf(sound, 15),
            with(sound, 0, 'I'),
            with(sound, 3, 43),
            with(sound, 4, 0x7F),
            with(sound, 7, 7),
            with(sound, 13, 2),
            with(sound, 14, 0x7F),
            with(sound, 17, 0),
            new TiffBytes(ByteOrder.BIG_ENDIAN).put(TiffTags.WIDTH, 6).bytes());
    for (byte[] block : damaged) {
      assertThat(text(decode(Oriented.jpeg(plain, block)), 16)).isEqualTo("abc/def");
    }
    byte[] png = Oriented.png(ImageBytes.write(letters(1), "png"), sound);
    assertThat(text(decode(with(png, 33 + 8 + sound.length, 0)), 1)).isEqualTo("abc/def");
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  /** Thousands of entries that all lead far away, and damage of any kind, cost nothing. */
  @Test
  void hostileBlocksNeitherFailNorDelay() {
    byte[] plain = ImageBytes.write(letters(16), "jpeg");
    byte[] hostile = new byte[65_000];
    Arrays.fill(hostile, (byte) 0xFF);
    System.arraycopy(Oriented.block(6, ByteOrder.BIG_ENDIAN), 0, hostile, 0, 8);
    Mutations mutations = new Mutations(7);
    byte[] sound = Oriented.block(6, ByteOrder.BIG_ENDIAN);
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          assertThat(text(decode(Oriented.jpeg(plain, hostile)), 16)).isEqualTo("abc/def");
          for (int n = 0; n < 2000; n++) {
            byte[] block = mutations.of(sound);
            FeatureMaps image = decode(Oriented.jpeg(plain, block.length < 65_000 ? block : sound));
            assertThat(image.height() * image.width()).isEqualTo(6 * 16 * 16);
          }
        });
  }
}
