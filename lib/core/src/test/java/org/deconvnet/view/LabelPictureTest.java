package org.deconvnet.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deconvnet.label.LabelMap;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.LabelDecoder;
import org.junit.jupiter.api.Test;

class LabelPictureTest {
  private static final byte VOID = (byte) LabelMap.VOID;
  private static final LabelMap TRUTH = new LabelMap(2, 2, new byte[] {0, 1, 2, VOID});

  @Test
  void numbersAreReadAsTheLabelsThatTheyWere() {
    byte[] png = PngWriter.encode(LabelPicture.numbers(TRUTH));
    LabelMap read = new LabelDecoder(3, Set.of()).decode(png, DecodeLimits.DEFAULT);
    assertThat(read.values()).isEqualTo(TRUTH.values());
  }

  @Test
  void everyClassHasAColourOfItsOwn() {
    Set<Integer> colours =
        IntStream.rangeClosed(0, 255).mapToObj(LabelPicture::rgb).collect(Collectors.toSet());
    assertThat(colours).hasSize(256).doesNotContain(0);
    assertThat(LabelPicture.rgb(0)).isEqualTo(0x800000);
    assertThat(LabelPicture.colours(TRUTH).getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  @Test
  void errorsStandOut() {
    LabelMap given = new LabelMap(2, 2, new byte[] {0, 0, 2, 1});
    var picture = LabelPicture.errors(TRUTH, given);
    assertThat(picture.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x303030);
    assertThat(picture.getRGB(1, 0) & 0xFFFFFF).isEqualTo(0xE03030);
    assertThat(picture.getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }
}
