package org.deconvnet.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final int GAP = TileGrid.GAP;

  private static FeatureMaps row(float... values) {
    return FeatureMaps.of(new Shape(1, 1, values.length), values);
  }

  private static FeatureMaps colour(float red, float green, float blue) {
    return FeatureMaps.of(new Shape(3, 1, 1), new float[] {red, green, blue});
  }

  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void mosaicDrawsZeroMidGreyAndTheExtremesBlackAndWhite() {
    BufferedImage picture = FilterMosaic.draw(List.of(row(-2, 0, 2, 1)), 1, 1);

    assertThat(rgb(picture, GAP, GAP)).isEqualTo(0x000000);
    assertThat(rgb(picture, GAP + 1, GAP)).isEqualTo(0x808080);
    assertThat(rgb(picture, GAP + 2, GAP)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, GAP + 3, GAP)).isEqualTo(0xC0C0C0);
  }

  @Test
  void mosaicScalesEachTileByItsOwnLargestValue() {
    BufferedImage picture = FilterMosaic.draw(List.of(row(100), row(-0.01f), row(0)), 3, 1);

    assertThat(rgb(picture, GAP, GAP)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, 2 * GAP + 1, GAP)).isEqualTo(0x000000);
    assertThat(rgb(picture, 3 * GAP + 2, GAP)).isEqualTo(0x808080);
  }

  @Test
  void mosaicDrawsThreeMapsAsRedGreenBlueWithOneRange() {
    BufferedImage picture = FilterMosaic.draw(List.of(colour(4, -4, 0)), 1, 1);

    assertThat(rgb(picture, GAP, GAP)).isEqualTo(0xFF0080);
  }

  @Test
  void mosaicPadsSmallTilesWithTheGapColour() {
    FeatureMaps large = FeatureMaps.zeros(new Shape(1, 2, 3));
    BufferedImage picture = FilterMosaic.draw(List.of(large, row(1), large), 2, 4);

    assertThat(picture.getWidth()).isEqualTo(2 * 12 + 3 * GAP);
    assertThat(picture.getHeight()).isEqualTo(2 * 8 + 3 * GAP);
    int left = 12 + 2 * GAP;
    assertThat(rgb(picture, left + 3, GAP + 3)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, left + 4, GAP)).isEqualTo(TileGrid.BACKGROUND);
    assertThat(rgb(picture, left, GAP + 4)).isEqualTo(TileGrid.BACKGROUND);
    assertThat(rgb(picture, 0, 0)).isEqualTo(TileGrid.BACKGROUND);
    assertThat(rgb(picture, GAP, 8 + 2 * GAP)).isEqualTo(0x808080);
    assertThat(rgb(picture, left, 8 + 2 * GAP)).isEqualTo(TileGrid.BACKGROUND);
  }

  @Test
  void mosaicRefusesWhatItCannotDraw() {
    FeatureMaps two = FeatureMaps.zeros(new Shape(2, 1, 1));
    assertThatThrownBy(() -> FilterMosaic.draw(List.of(row(1), two), 2, 1))
        .hasMessage("mosaic: tile 1: expected 1 map (grey) or 3 maps (RGB), got shape 2x1x1");
    assertThatThrownBy(() -> FilterMosaic.draw(List.of(row(1, Float.NaN)), 1, 1))
        .hasMessageContaining("got NaN at map 0, row 0, column 1");
    assertThatThrownBy(() -> FilterMosaic.draw(List.of(), 1, 1))
        .hasMessage("mosaic: tiles: expected at least 1, got 0");
    assertThatThrownBy(() -> FilterMosaic.draw(List.of(row(1)), 0, 1))
        .hasMessageContaining("mosaic: columns");
    assertThatThrownBy(() -> FilterMosaic.draw(List.of(row(1)), 1, 0))
        .hasMessageContaining("picture scale");
  }

  @Test
  void sheetHasOneRangePerRow() {
    BufferedImage picture =
        ReconstructionSheet.draw(List.of(List.of(row(2), row(1)), List.of(row(0.5f), row(-1))), 3);

    assertThat(picture.getWidth()).isEqualTo(2 * 3 + 3 * GAP);
    assertThat(picture.getHeight()).isEqualTo(2 * 3 + 3 * GAP);
    int second = 3 + 2 * GAP;
    assertThat(rgb(picture, GAP, GAP)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, second, GAP)).isEqualTo(0xC0C0C0);
    assertThat(rgb(picture, GAP, second)).isEqualTo(0xC0C0C0);
    assertThat(rgb(picture, second, second)).isEqualTo(0x000000);
  }

  @Test
  void sheetRefusesRowsOfDifferentLengthAndEmptySheets() {
    assertThatThrownBy(
            () -> ReconstructionSheet.draw(List.of(List.of(row(1), row(1)), List.of(row(1))), 1))
        .hasMessage("reconstruction sheet: pictures in row 1: expected 2, got 1");
    assertThatThrownBy(() -> ReconstructionSheet.draw(List.of(), 1))
        .hasMessageContaining("rows: expected at least 1, got 0");
    assertThatThrownBy(() -> ReconstructionSheet.draw(List.of(List.of()), 1))
        .hasMessageContaining("pictures in row 0: expected at least 1, got 0");
    FeatureMaps infinite = row(Float.POSITIVE_INFINITY);
    assertThatThrownBy(() -> ReconstructionSheet.draw(List.of(List.of(infinite)), 1))
        .hasMessageContaining("row 0, picture 0: expected finite numbers");
  }

  @Test
  void pngHoldsTheSamePixelsAndTheSameBytesEachTime() throws IOException {
    BufferedImage picture = FilterMosaic.draw(List.of(row(-2, 0.3f, 2), colour(1, -1, 0)), 2, 2);
    byte[] bytes = PngWriter.encode(picture);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes));

    assertThat(PngWriter.encode(picture)).isEqualTo(bytes);
    assertThat(read.getWidth()).isEqualTo(picture.getWidth());
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        assertThat(rgb(read, x, y)).isEqualTo(rgb(picture, x, y));
      }
    }
  }
}
