package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import javax.imageio.ImageIO;
import org.deconvnet.label.LabelMap;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

class LabelDecoderTest {
  private static final LabelDecoder ANY = new LabelDecoder(0, Set.of());
  private static final DecodeLimits LIMITS = DecodeLimits.DEFAULT;

  private static byte[] file(BufferedImage picture, String format, int... samples) {
    for (int i = 0; i < samples.length; i++) {
      picture.getRaster().setSample(i % picture.getWidth(), i / picture.getWidth(), 0, samples[i]);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] grey(int... samples) {
    return file(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), "png", samples);
  }

  /** A palette of so many bits whose colours have nothing to do with their numbers. */
  private static BufferedImage palette(int bits, int type) {
    byte[] colours = new byte[1 << bits];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = (byte) (200 - i);
    }
    return new BufferedImage(
        2, 2, type, new IndexColorModel(bits, colours.length, colours, colours, colours));
  }

  @Test
  void aGreyValueIsAClass() {
    LabelMap labels = ANY.decode(grey(0, 1, 254, 255), LIMITS);
    assertThat(labels.height()).isEqualTo(2);
    assertThat(labels.at(0, 1)).isEqualTo(1);
    assertThat(labels.at(1, 0)).isEqualTo(254);
    assertThat(labels.at(1, 1)).isEqualTo(LabelMap.VOID);
  }

  @Test
  void aPalettesNumberIsAClassWhateverItsColour() {
    byte[] eight = file(palette(8, BufferedImage.TYPE_BYTE_INDEXED), "png", 3, 0, 7, 200);
    assertThat(ANY.decode(eight, LIMITS).values()).containsExactly(3, 0, 7, (byte) 200);
    byte[] four = file(palette(4, BufferedImage.TYPE_BYTE_BINARY), "png", 3, 0, 7, 15);
    assertThat(ANY.decode(four, LIMITS).values()).containsExactly(3, 0, 7, 15);
    byte[] one = file(palette(1, BufferedImage.TYPE_BYTE_BINARY), "png", 1, 0, 1, 1);
    assertThat(ANY.decode(one, LIMITS).values()).containsExactly(1, 0, 1, 1);
  }

  @Test
  void whatMeansNoClassIsVoid() {
    LabelDecoder decoder = new LabelDecoder(3, Set.of(3, 7));
    assertThat(decoder.decode(grey(0, 2, 3, 7), LIMITS).values())
        .containsExactly(0, 2, (byte) 255, (byte) 255);
  }

  @Test
  void anUnknownClassIsNamedWithItsPlace() {
    assertThatThrownBy(() -> new LabelDecoder(3, Set.of(11)).decode(grey(0, 2, 4, 11), LIMITS))
        .isInstanceOf(UserErrorException.class)
        .hasMessage(
            "labels: expected a class from 0 to 2, or 255 or [11] for none, got 4 in row 1, column"
                + " 0");
    byte[] deep = file(new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY), "png", 1, 256);
    assertThatThrownBy(() -> ANY.decode(deep, LIMITS))
        .hasMessageContaining("got 256 in row 0, column 1");
  }

  @Test
  void coloursAndOtherFormatsAreNoLabels() {
    byte[] colours = file(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png");
    assertThatThrownBy(() -> ANY.decode(colours, LIMITS))
        .isInstanceOf(ImageDecodeException.class)
        .hasMessage(
            "labels: expected a PNG file of one number a pixel, grey or of a palette, got 3 of"
                + " them");
    byte[] jpeg = file(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    assertThatThrownBy(() -> ANY.decode(jpeg, LIMITS)).hasMessageEndingWith("got a JPEG file");
  }

  /** Labels that start from 1 often have 0 for pixels without a class. */
  @Test
  void aNumberIsVoidBeforeItIsAClass() {
    LabelDecoder decoder = new LabelDecoder(3, Set.of(0));
    assertThat(decoder.decode(grey(0, 1, 2, 0), LIMITS).values())
        .containsExactly((byte) 255, 1, 2, (byte) 255);
  }

  @Test
  void whatIsNoByteOrASingleClassIsRefused() {
    assertThatThrownBy(() -> new LabelDecoder(3, Set.of(256)))
        .hasMessage("labels: void values: expected from 0 to 255, got 256");
    assertThatThrownBy(() -> new LabelDecoder(3, Set.of(-1)))
        .hasMessage("labels: void values: expected from 0 to 255, got -1");
    assertThatThrownBy(() -> new LabelDecoder(1, Set.of()))
        .hasMessageContaining("expected from 2 to 255, got 1");
  }

  /** Labels whose image is the labels' own numbers: both are cut alike. */
  @Test
  void labelsAreCutAsTheirImageIs() {
    int height = 9;
    int width = 14;
    byte[] values = new byte[height * width];
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, height, width));
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
      image.data()[i] = i / 200f;
    }
    MiddleCrop same = new MiddleCrop(false, 5, 5, 8, true);
    FeatureMaps cut = same.apply(image);
    LabelMap labels = same.labels(new LabelMap(height, width, values));
    assertThat(labels.height()).isEqualTo(5);
    assertThat(labels.width()).isEqualTo(8);
    for (int i = 0; i < labels.values().length; i++) {
      assertThat(labels.at(i) / 200f)
          .as("pixel %d", i)
          .isBetween(cut.data()[i] - 0.1f, cut.data()[i] + 0.1f);
    }
  }

  @Test
  void labelsOfACropGoBackToWhereItWasCutFrom() {
    MiddleCrop crop = new MiddleCrop(true, 2, 2, 2, true);
    LabelMap back = crop.back(new LabelMap(2, 2, new byte[] {1, 2, 3, 4}), 2, 6);
    byte none = (byte) LabelMap.VOID;
    assertThat(back.values())
        .containsExactly(none, none, 1, 2, none, none, none, none, 3, 4, none, none);
    LabelMap enlarged = crop.back(new LabelMap(2, 2, new byte[] {1, 2, 3, 4}), 4, 4);
    assertThat(enlarged.values()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
  }
}
