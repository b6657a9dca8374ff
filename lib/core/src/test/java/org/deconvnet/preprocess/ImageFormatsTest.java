package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.deconvnet.penalty.L1;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatsTest {
  private static final float EXACT = 1e-6f;
  private static final float JPEG = 0.02f;

  private static FeatureMaps decode(byte[] content) {
    return ImageDecoder.decode(content, DecodeLimits.DEFAULT);
  }

  private static void assertPixel(FeatureMaps image, float tolerance, double... expected) {
    assertThat(image.maps()).isEqualTo(expected.length);
    for (int c = 0; c < expected.length; c++) {
      assertThat(image.get(c, 0, 0))
          .as("channel %d", c)
          .isCloseTo((float) expected[c], within(tolerance));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "ppm"})
  void losslessFormatsKeepEveryPixelInItsPlace(String format) {
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(4, 1, 0xFF3300);
    image.setRGB(0, 2, 0x0066CC);

    FeatureMaps maps = decode(ImageBytes.write(image, format));

    assertThat(maps.shape()).isEqualTo(new Shape(3, 3, 5));
    assertThat(maps.get(0, 1, 4)).isEqualTo(1f);
    assertThat(maps.get(1, 1, 4)).isCloseTo(0.2f, within(EXACT));
    assertThat(maps.get(2, 2, 0)).isCloseTo(0.8f, within(EXACT));
    assertThat(new L1(1).value(maps.data())).isCloseTo(1 + 0.2 + 0.4 + 0.8, within(1e-5));
  }

  @Test
  void greyIsTakenAsStoredAndNotGammaCorrected() {
    assertPixel(
        decode(ImageBytes.write(ImageBytes.uniform(BufferedImage.TYPE_BYTE_GRAY, 4, 4, 51), "png")),
        EXACT,
        0.2);
    assertPixel(
        decode(
            ImageBytes.write(ImageBytes.uniform(BufferedImage.TYPE_BYTE_GRAY, 16, 16, 51), "jpeg")),
        JPEG,
        0.2);
  }

  @Test
  void sixteenBitGreyKeepsItsPrecision() {
    BufferedImage image = ImageBytes.uniform(BufferedImage.TYPE_USHORT_GRAY, 4, 4, 12345);
    assertPixel(decode(ImageBytes.write(image, "png")), 1e-7f, 12345 / 65535.0);
  }

  @Test
  void sixteenBitColourKeepsItsPrecision() {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    BufferedImage image =
        new BufferedImage(model, model.createCompatibleWritableRaster(4, 4), false, null);
    ImageBytes.fill(image.getRaster(), 1, 32768, 65535);
    assertPixel(decode(ImageBytes.write(image, "png")), 1e-7f, 1 / 65535.0, 32768 / 65535.0, 1);
  }

  @Test
  void transparencyShowsWhite() {
    BufferedImage image = ImageBytes.uniform(BufferedImage.TYPE_INT_ARGB, 4, 4, 255, 0, 0, 51);
    assertPixel(decode(ImageBytes.write(image, "png")), EXACT, 1, 0.8, 0.8);
  }

  @Test
  void paletteOfGreysIsGreyAndOneWithColoursIsColour() {
    byte[] levels = {0, 51, (byte) 255, 102};
    byte[] other = {0, 51, (byte) 255, (byte) 204};
    assertPixel(decode(paletted(new IndexColorModel(2, 4, levels, levels, levels), 3)), EXACT, 0.4);
    assertPixel(
        decode(paletted(new IndexColorModel(2, 4, levels, other, levels), 3)),
        EXACT,
        0.4,
        0.8,
        0.4);
  }

  private static byte[] paletted(IndexColorModel palette, int index) {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_BINARY, palette);
    ImageBytes.fill(image.getRaster(), index);
    return ImageBytes.write(image, "png");
  }

  @Test
  void gifHasItsPaletteColours() {
    byte[] red = {0, (byte) 204};
    byte[] blue = {0, 51};
    IndexColorModel palette = new IndexColorModel(1, 2, red, new byte[2], blue);
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(4, 1, 0, 1);

    FeatureMaps maps = decode(ImageBytes.write(image, "gif"));

    assertThat(maps.shape()).isEqualTo(new Shape(3, 7, 9));
    assertThat(maps.get(0, 1, 4)).isCloseTo(0.8f, within(EXACT));
    assertThat(new L1(1).value(maps.data())).isCloseTo(0.8 + 0.2, within(1e-5));
  }

  @Test
  void portableMapsOfEveryDepth() {
    assertPixel(decode(ImageBytes.pnm("P5\n1 1\n255\n", 51)), EXACT, 0.2);
    assertPixel(decode(ImageBytes.pnm("P5\n1 1\n65535\n", 0x33, 0x33)), EXACT, 0.2);
    assertPixel(decode(ImageBytes.pnm("P6\n1 1\n255\n", 51, 102, 255)), EXACT, 0.2, 0.4, 1);
    assertPixel(
        decode(ImageBytes.pnm("P6\n1 1\n65535\n", 0x33, 0x33, 0x66, 0x66, 0xFF, 0xFF)),
        EXACT,
        0.2,
        0.4,
        1);
    assertPixel(decode(ImageBytes.pnm("P2\n# text\n1 1\n255\n51\n")), EXACT, 0.2);
    assertPixel(decode(ImageBytes.pnm("P4\n8 1\n", 0x7F)), EXACT, 1); // a 1 is black
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000})
  void portableMapsAreScaledByTheirOwnMaximum(int maximum) {
    int half = maximum / 2;
    byte[] file =
        maximum < 256
            ? ImageBytes.pnm("P5\n1 1\n" + maximum + "\n", half)
            : ImageBytes.pnm("P5\n1 1\n" + maximum + "\n", half >> 8, half & 0xFF);
    assertPixel(decode(file), 0.003f, 0.5);
  }

  @Test
  void colourJpeg() {
    BufferedImage image = ImageBytes.uniform(BufferedImage.TYPE_3BYTE_BGR, 16, 16, 204, 102, 51);
    assertPixel(decode(ImageBytes.write(image, "jpeg")), JPEG, 0.8, 0.4, 0.2);
  }

  @Test
  void adobeInvertedCmykAndYcckJpegsBecomeRgb() {
    // Inverted: 255 is no ink. Full magenta and yellow over no cyan and no black is red.
    FeatureMaps cmyk = decode(ImageBytes.adobeJpeg(0, 255, 0, 0, 255));
    assertThat(cmyk.maps()).isEqualTo(3);
    assertThat(cmyk.get(0, 8, 8)).isGreaterThan(0.85f);
    assertThat(cmyk.get(1, 8, 8)).isLessThan(0.2f);
    assertThat(cmyk.get(2, 8, 8)).isLessThan(0.2f);
    // The same red: luminance and differences carry 255 minus the stored inks, here (0, 255, 255).
    FeatureMaps ycck = decode(ImageBytes.adobeJpeg(2, 179, 171, 0, 255));
    assertThat(ycck.get(0, 8, 8)).isGreaterThan(0.85f);
    assertThat(ycck.get(1, 8, 8)).isLessThan(0.2f);
    assertThat(ycck.get(2, 8, 8)).isLessThan(0.2f);
  }

  @Test
  void jpegWithAProfileOfAnotherKindIsReadWithoutIt() {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    byte[] header = new byte[18];
    ByteBuffer.wrap(header)
        .putShort((short) 0xFFE2)
        .putShort((short) (16 + profile.length))
        .put(new byte[] {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, 1, 1});
    byte[] segment = ImageBytes.splice(header, header.length, profile);
    BufferedImage image = ImageBytes.uniform(BufferedImage.TYPE_3BYTE_BGR, 16, 16, 204, 102, 51);
    byte[] plain = ImageBytes.write(image, "jpeg");
    int afterJfif = 4 + ByteBuffer.wrap(plain).getShort(4);

    assertPixel(decode(ImageBytes.splice(plain, afterJfif, segment)), JPEG, 0.8, 0.4, 0.2);
  }

  @Test
  void jpegWithGarbageAfterItsEndIsFine() {
    byte[] jpeg = ImageBytes.write(ImageBytes.textured(40, 30), "jpeg");
    byte[] longer = ImageBytes.splice(jpeg, jpeg.length, new byte[] {1, 2, (byte) 0xFF, 3, 4});
    assertThat(decode(longer).data()).isEqualTo(decode(jpeg).data());
  }

  @Test
  void manyThreadsGetTheSameImage() {
    byte[] jpeg = ImageBytes.write(ImageBytes.textured(64, 48), "jpeg");
    float[] expected = decode(jpeg).data();
    List<float[]> all =
        IntStream.range(0, 200).parallel().mapToObj(i -> decode(jpeg).data()).toList();
    assertThat(all).allSatisfy(data -> assertThat(data).isEqualTo(expected));
  }
}
