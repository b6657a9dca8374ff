package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.deconvnet.preprocess.ImageDecodeException.Reason;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffTest {
  private static FeatureMaps decode(byte[] content) {
    return ImageDecoder.decode(content, DecodeLimits.DEFAULT);
  }

  private static ImageDecodeException refused(byte[] content) {
    ImageDecodeException thrown =
        catchThrowableOfType(ImageDecodeException.class, () -> decode(content));
    assertThat(thrown).as("decoded without an error").isNotNull();
    return thrown;
  }

  /** As the JDK's own writer compresses it. */
  static byte[] written(BufferedImage image, String compression) throws IOException {
    ImageWriter writer = ImageBytes.jdkWriter("tiff");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(compression);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "ZLib", "PackBits", "Deflate"})
  void everyCompressionWithoutLossKeepsEveryPixel(String compression) throws IOException {
    BufferedImage image = ImageBytes.textured(60, 40);
    byte[] tiff = written(image, compression);
    assertThat(decode(tiff).data()).isEqualTo(decode(ImageBytes.write(image, "png")).data());
    assertThat(ImageDecoder.size(tiff, DecodeLimits.LOOSEST)).isEqualTo(new Shape(1, 40, 60));
    assertThat(refused(Arrays.copyOf(tiff, tiff.length * 2 / 3)).reason())
        .isEqualTo(Reason.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6"})
  void faxesAreBlackOnWhite(String compression) throws IOException {
    BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_BINARY);
    image.createGraphics().fillRect(0, 0, 60, 40);
    image.setRGB(7, 3, 0);
    FeatureMaps page = decode(written(image, compression));
    assertThat(page.shape()).isEqualTo(new Shape(1, 40, 60));
    assertThat(page.get(0, 3, 7)).isZero();
    assertThat(page.squaredNorm()).isEqualTo(60 * 40 - 1);
  }

  @Test
  void jpegInTiffIsRead() throws IOException {
    BufferedImage image = ImageBytes.uniform(BufferedImage.TYPE_3BYTE_BGR, 40, 30, 204, 102, 51);
    FeatureMaps page = decode(written(image, "JPEG"));
    assertThat(page.get(0, 15, 20)).isCloseTo(0.8f, within(0.02f));
    assertThat(page.get(2, 29, 39)).isCloseTo(0.2f, within(0.02f));
  }

  /** Each part tells its size once more, and memory is taken by that. */
  @Test
  void aPartThatIsLargerThanThePageIsRefused() throws IOException {
    byte[] tiff = written(ImageBytes.textured(40, 30), "JPEG");
    for (int i = 0; i < tiff.length - 9; i++) {
      if ((tiff[i] & 0xFF) == 0xFF && (tiff[i + 1] & 0xFF) == 0xC0) {
        tiff[i + 5] = (byte) 0xEA;
        tiff[i + 7] = (byte) 0xEA;
      }
    }
    assertThat(refused(tiff).reason()).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void sixteenBitsKeepTheirPrecision() {
    byte[] tiff = TiffBytes.page(2, 1, 1, 1, 16).strip(0x39, 0x30, 0xFF, 0xFF).bytes();
    assertThat(decode(tiff).get(0, 0, 0)).isCloseTo(12345 / 65535f, within(1e-7f));
    assertThat(decode(tiff).get(0, 0, 1)).isEqualTo(1f);
  }

  @Test
  void whiteMayBeZero() {
    byte[] tiff = TiffBytes.page(2, 1, 0, 1, 8).strip(0, 204).bytes();
    assertThat(decode(tiff).data()).containsExactly(new float[] {1, 0.2f}, within(1e-6f));
  }

  @Test
  void palettesBecomeColours() {
    long[] map = new long[3 * 256];
    map[5] = 65535;
    map[256 + 9] = 65535;
    byte[] tiff = TiffBytes.page(2, 1, 3, 1, 8).put(320, map).strip(5, 9).bytes();
    assertThat(decode(tiff).data()).containsExactly(1, 0, 0, 1, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void transparencyShowsWhiteAsItsKindSays(int kind) {
    byte[] tiff = TiffBytes.page(1, 1, 2, 4, 8).put(338, kind).strip(153, 0, 0, 153).bytes();
    // Weighted by 0.6 already (1), to be weighted (2), or no transparency at all (0).
    float expected = kind == 1 ? 1f : kind == 2 ? 0.6f * 0.6f + 0.4f : 0.6f;
    assertThat(decode(tiff).get(0, 0, 0)).isCloseTo(expected, within(1e-5f));
    assertThat(decode(tiff).get(1, 0, 0)).isCloseTo(kind == 0 ? 0 : 0.4f, within(1e-5f));
  }

  @Test
  void inksBecomeColours() {
    byte[] tiff = TiffBytes.page(2, 1, 5, 4, 8).strip(0, 255, 255, 0, 0, 0, 0, 51).bytes();
    assertThat(decode(tiff).data())
        .containsExactly(new float[] {1, 0.8f, 0, 0.8f, 0, 0.8f}, within(1e-6f));
  }

  @Test
  void planesMayLieApart() {
    byte[] tiff =
        TiffBytes.page(2, 1, 2, 3, 8)
            .strip(255, 0, 0, 255, 51, 51)
            .put(TiffTags.STRIP_OFFSETS, 8, 10, 12)
            .put(TiffTags.STRIP_BYTES, 2, 2, 2)
            .put(TiffTags.PLANES, 2)
            .bytes();
    assertThat(decode(tiff).data())
        .containsExactly(new float[] {1, 0, 0, 1, 0.2f, 0.2f}, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 32, 3, floating-point numbers",
    "1, 16, 2, signed numbers",
    "1, 32, 1, samples of 32 bits",
    "8, 8, 1, L*a*b*",
    "32803, 16, 1, a camera's raw data",
    "4, 8, 1, a transparency mask"
  })
  void whatWouldGiveWrongPixelsIsRefusedByItsName(int colours, int bits, int format, String name) {
    byte[] tiff =
        TiffBytes.page(1, 1, colours, 1, bits)
            .put(TiffTags.SAMPLE_FORMAT, format)
            .strip(0, 0, 0, 0)
            .bytes();
    ImageDecodeException thrown = refused(tiff);
    assertThat(thrown.reason()).isEqualTo(Reason.FORMAT_NOT_READ);
    assertThat(thrown).hasMessageContaining("TIFF with").hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({"50000, Zstandard", "6, old-style JPEG", "34712, JPEG 2000", "12345, unknown"})
  void compressionsThatAreNotReadAreNamed(int number, String name) {
    byte[] tiff = TiffBytes.page(1, 1, 1, 1, 8).put(TiffTags.COMPRESSION, number).strip(0).bytes();
    assertThat(refused(tiff)).hasMessageContaining(name).hasMessageContaining("is not read here");
  }

  /** A camera's file shows a small preview first, which is not the picture. */
  @Test
  void rawFilesAreNotTakenForTheirPreview() {
    byte[] dng =
        TiffBytes.page(1, 1, 1, 1, 8).put(TiffTags.DNG_VERSION, 1, 4, 0, 0).strip(0).bytes();
    byte[] nef =
        TiffBytes.page(1, 1, 1, 1, 8)
            .put(TiffTags.SUBFILE, 1)
            .put(TiffTags.SUB_DIRECTORIES, 8)
            .strip(0)
            .bytes();
    assertThat(refused(dng)).hasMessageContaining("a camera's raw data");
    assertThat(refused(nef)).hasMessageContaining("a camera's raw data");
  }

  /** What else a file holds, further pages too, is no business of its first page. */
  @Test
  void damageBehindTheFirstPageDoesNotMatter() {
    byte[] tiff = TiffBytes.page(2, 1, 1, 1, 8).put(34665, 60_000).strip(51, 255).bytes();
    int directory = 8 + 2;
    int next = directory + 2 + 12 * (tiff[directory] & 0xFF);
    tiff[next] = (byte) directory; // the next page is this one, for ever
    assertThat(decode(tiff).get(0, 0, 0)).isCloseTo(0.2f, within(1e-6f));
  }

  @Test
  void stripsThatLeadOutOfTheFileAreMissing() {
    byte[] beyond =
        TiffBytes.page(2, 1, 1, 1, 8).strip(51, 255).put(TiffTags.STRIP_OFFSETS, 5000).bytes();
    assertThat(refused(beyond).reason()).isEqualTo(Reason.TRUNCATED);
    // Two bytes are there, and the header says 4000 rows.
    byte[] few = TiffBytes.page(2, 4000, 1, 1, 8).strip(51, 255).bytes();
    assertThat(refused(few).reason()).isEqualTo(Reason.TRUNCATED);
    assertThat(refused(Arrays.copyOf(few, 60)).reason()).isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void limitsHoldBeforeAnythingIsDecoded() {
    byte[] tiff = TiffBytes.page(60_000, 60_000, 1, 1, 8).strip(1).bytes();
    assertThat(refused(tiff).reason()).isEqualTo(Reason.TOO_MANY_PIXELS);
    byte[] tiles =
        TiffBytes.page(1, 1, 1, 1, 8)
            .put(TiffTags.TILE_WIDTH, 65535)
            .put(TiffTags.TILE_HEIGHT, 65535)
            .strip(1)
            .bytes();
    assertThat(refused(tiles).reason()).isIn(Reason.TRUNCATED, Reason.DAMAGED);
  }
}
