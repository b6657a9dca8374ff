package org.deconvnet.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.deconvnet.network.ActivationPicture;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class ActivationSheetTest {
  private static ActivationPicture pair(float projection, float patch, int side) {
    FeatureMaps left = FeatureMaps.zeros(new Shape(1, side, side));
    FeatureMaps right = FeatureMaps.zeros(new Shape(1, side, side));
    left.fill(projection);
    right.fill(patch);
    return new ActivationPicture(left, right);
  }

  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  /** Two maps side by side, four tiles each, of 6 pixels: squares of 14, blocks of 36. */
  @Test
  void projectionsLieLeftAndPatchesRight() {
    ActivationSheet sheet = new ActivationSheet(2, 2, 4, 6);
    sheet.draw(1, List.of(pair(3, -1, 3), pair(0, 2, 3), pair(-5, 0, 2)));
    BufferedImage picture = sheet.picture();
    assertThat(picture.getWidth()).isEqualTo(2 * (2 * 14 + 8 + 16));
    assertThat(picture.getHeight()).isEqualTo(14 + 16);
    int left = 36 + 16 + 8;
    int right = left + 14 + 8;
    assertThat(rgb(picture, left, 8)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, left + 5, 13)).isEqualTo(0xFFFFFF); // 3 pixels, enlarged to 6
    assertThat(rgb(picture, right, 8)).isZero();
    assertThat(rgb(picture, left + 8, 8)).isEqualTo(0x808080);
    assertThat(rgb(picture, right + 8, 8)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, left, 16)).isZero();
    assertThat(rgb(picture, left + 8, 16)).isEqualTo(TileGrid.BACKGROUND); // there is no fourth
    assertThat(rgb(picture, 8, 8)).isEqualTo(TileGrid.BACKGROUND); // the first map has none
  }

  @Test
  void largeTilesAreShrunkIntoTheirCell() {
    ActivationSheet sheet = new ActivationSheet(1, 3, 1, 10);
    sheet.draw(0, List.of(pair(1, -1, 47)));
    BufferedImage picture = sheet.picture();
    assertThat(picture.getWidth()).isEqualTo(2 * 10 + 8 + 16);
    assertThat(rgb(picture, 17, 17)).isEqualTo(0xFFFFFF);
    assertThat(rgb(picture, 18, 17)).isEqualTo(TileGrid.BACKGROUND);
    assertThat(rgb(picture, 26, 8)).isZero();
  }

  @Test
  void whatCannotBeDrawnIsNamed() {
    FeatureMaps two = FeatureMaps.zeros(new Shape(2, 3, 3));
    ActivationSheet sheet = new ActivationSheet(1, 1, 1, 10);
    assertThatThrownBy(() -> sheet.draw(0, List.of(new ActivationPicture(two, two))))
        .hasMessageContaining("activation sheet: tile: expected 1 map (grey) or 3 maps (RGB)");
  }
}
