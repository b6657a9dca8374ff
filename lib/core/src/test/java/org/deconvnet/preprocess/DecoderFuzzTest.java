package org.deconvnet.preprocess;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.deconvnet.AllocatedBytes;
import org.deconvnet.Mutations;
import org.deconvnet.preprocess.ImageDecodeException.Reason;
import org.deconvnet.tensor.FeatureMaps;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile image files: an image, or an {@link ImageDecodeException}, and no other. */
class DecoderFuzzTest {
  private static final int MUTATIONS = 1500;

  /** Far above what thousands of small files take; a hang would go on for ever. */
  private static final Duration ENOUGH = Duration.ofMinutes(3);

  /** No file here has more pixels, so one that says so has lied. */
  private static final DecodeLimits LIMITS = new DecodeLimits(4_000_000, 1 << 20);

  /** What one file may allocate: 16 bytes for each pixel of the limit, and the decoder's tables. */
  private static final long MOST_MEMORY = 16 * LIMITS.maxPixels() + (32 << 20);

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "ppm", "tiff"})
  void damagedFilesAreDecodedOrRefusedCleanly(String format) {
    byte[] sound = ImageBytes.write(ImageBytes.textured(30, 20), format);
    Assertions.assertTimeoutPreemptively(ENOUGH, () -> fuzz(sound, 21));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lossy.webp", "lossless.webp", "animated.webp", "progressive.jpg", "restart.jpg"})
  void damagedFilesOfOtherWritersAreDecodedOrRefusedCleanly(String name) {
    byte[] sound = Fixture.read(name);
    Assertions.assertTimeoutPreemptively(ENOUGH, () -> fuzz(sound, 23));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "JPEG", "ZLib", "PackBits"})
  void damagedTiffsAreDecodedOrRefusedCleanly(String compression) throws IOException {
    byte[] sound = TiffTest.written(ImageBytes.textured(30, 20), compression);
    Assertions.assertTimeoutPreemptively(ENOUGH, () -> fuzz(sound, 24));
  }

  @Test
  void damagedPaletteImagesAreDecodedOrRefusedCleanly() {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_INDEXED);
    for (String format : new String[] {"png", "gif", "bmp"}) {
      byte[] sound = ImageBytes.write(image, format);
      Assertions.assertTimeoutPreemptively(ENOUGH, () -> fuzz(sound, 22));
    }
  }

  private static void fuzz(byte[] sound, long seed) {
    Mutations mutations = new Mutations(seed);
    int refused = 0;
    for (int n = 0; n < MUTATIONS; n++) {
      byte[] damaged = mutations.of(sound);
      long before = AllocatedBytes.ofThisThread();
      try {
        FeatureMaps maps = ImageDecoder.decode(damaged, LIMITS);
        assertThat((long) maps.height() * maps.width()).isLessThanOrEqualTo(LIMITS.maxPixels());
      } catch (ImageDecodeException expected) {
        assertThat(expected.reason()).isNotNull();
        refused++;
      }
      assertThat(AllocatedBytes.ofThisThread() - before)
          .as("bytes allocated")
          .isLessThan(MOST_MEMORY);
    }
    assertThat(refused).isBetween(MUTATIONS / 20, MUTATIONS);
  }

  /** A few bytes cannot hold millions of pixels: no memory is taken for them. */
  @ParameterizedTest
  @CsvSource({"jpeg", "gif", "bmp", "ppm"})
  void aSmallFileThatClaimsMillionsOfPixelsIsRefusedFromItsHeader(String format) {
    byte[] small = ImageBytes.write(ImageBytes.textured(30, 20), format);
    byte[] liar = withSize(format, small, 7000, 7000);
    long before = AllocatedBytes.ofThisThread();
    ImageDecodeException thrown =
        catchThrowableOfType(
            ImageDecodeException.class, () -> ImageDecoder.decode(liar, DecodeLimits.DEFAULT));
    // The JDK's BMP reader finds out for itself.
    assertThat(thrown).hasMessageContaining(format.equals("bmp") ? "damage" : "7000 x 7000");
    assertThat(AllocatedBytes.ofThisThread() - before).isLessThan(10_000_000);
  }

  private static byte[] withSize(String format, byte[] file, int width, int height) {
    ByteBuffer little = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    return switch (format) {
      case "jpeg" -> ImageBytes.withJpegSize(file, width, height);
      // The logical screen, and the frame's own descriptor at the first comma.
      case "gif" -> {
        int frame =
            new String(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .indexOf("\0\0\0\0\u001e\0\u0014\0");
        yield little
            .putShort(6, (short) width)
            .putShort(8, (short) height)
            .putShort(frame + 4, (short) width)
            .putShort(frame + 6, (short) height)
            .array();
      }
      case "bmp" -> little.putInt(18, width).putInt(22, height).array();
      default -> "P6\n%d %d\n255\n".formatted(width, height).getBytes(US_ASCII);
    };
  }

  @Test
  void aPaletteOfTwoBillionColoursTakesNoMemory() {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_INDEXED);
    byte[] bmp = ImageBytes.write(image, "bmp");
    for (int colours : new int[] {Integer.MAX_VALUE, 500_000_000, -5, 257}) {
      ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(46, colours);
      long before = AllocatedBytes.ofThisThread();
      try {
        assertThat(ImageDecoder.decode(bmp, DecodeLimits.DEFAULT).width()).isEqualTo(40);
      } catch (ImageDecodeException expected) {
        assertThat(expected.reason()).isEqualTo(Reason.DAMAGED);
      }
      assertThat(AllocatedBytes.ofThisThread() - before)
          .as("colours: " + colours)
          .isLessThan(10_000_000);
    }
  }

  @Test
  void flatImagesThatCompressWellAreNoLiars() {
    BufferedImage flat = new BufferedImage(3000, 2000, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage bits = new BufferedImage(3000, 2000, BufferedImage.TYPE_BYTE_BINARY);
    for (String format : new String[] {"jpeg", "png", "gif"}) {
      byte[] file = ImageBytes.write(format.equals("jpeg") ? flat : bits, format);
      assertThat(file.length).isLessThan(80_000);
      assertThat(ImageDecoder.decode(file, DecodeLimits.DEFAULT).width()).isEqualTo(3000);
    }
  }

  /** Each scan of a progressive JPEG passes over the whole image, however few bytes it has. */
  @ParameterizedTest
  @CsvSource({"20,true", "600,false"})
  void aJpegOfHundredsOfScansIsRefused(int scans, boolean fine) {
    byte[] jpeg = ImageBytes.write(ImageBytes.textured(30, 20), "jpeg");
    byte[] empty = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 63, 0};
    byte[] all = new byte[scans * empty.length];
    for (int n = 0; n < scans; n++) {
      System.arraycopy(empty, 0, all, n * empty.length, empty.length);
    }
    byte[] many = ImageBytes.splice(jpeg, jpeg.length - 2, all);
    assertThat(FileIntegrity.of(ImageFormat.JPEG, many))
        .isEqualTo(fine ? FileIntegrity.COMPLETE : FileIntegrity.DAMAGED);
    if (!fine) {
      assertThat(
              catchThrowableOfType(
                  ImageDecodeException.class,
                  () -> ImageDecoder.decode(many, DecodeLimits.DEFAULT)))
          .hasMessageContaining("far too many scans");
    }
  }
}
