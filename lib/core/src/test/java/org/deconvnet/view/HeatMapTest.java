package org.deconvnet.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.deconvnet.network.cnn.OcclusionGrid;
import org.deconvnet.network.cnn.OcclusionMaps;
import org.deconvnet.network.cnn.OcclusionOptions;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final int MASK = 0xFFFFFF;

  /** Four places side by side, one of each pixel. */
  private static final OcclusionMaps MAPS =
      new OcclusionMaps(
          new OcclusionGrid(new OcclusionOptions(1, 1), new Shape(1, 1, 4)),
          0,
          6,
          new double[] {-1, 2, 4, 6},
          3,
          1,
          new double[] {0, 1.0 / 3, 2.0 / 3, 1},
          3,
          new int[] {3, 8, 3, 5});

  private static int[] row(BufferedImage picture) {
    return IntStream.range(0, picture.getWidth()).map(x -> picture.getRGB(x, 0) & MASK).toArray();
  }

  @Test
  void heatGoesFromBlackThroughRedAndYellowToWhite() {
    assertThat(row(HeatMap.probability(MAPS))).containsExactly(0, 0xFF0000, 0xFFFF00, 0xFFFFFF);
    assertThat(row(HeatMap.activity(MAPS))).containsExactly(0, 0xFF0000, 0xFFFF00, 0xFFFFFF);
  }

  @Test
  void classesHaveTheColoursOfTheLegend() {
    ClassColours colours = new ClassColours(List.of(3, 8, 5));
    int[] row = row(HeatMap.classes(MAPS, colours));
    assertThat(row).containsExactly(colours.rgb(3), colours.rgb(8), colours.rgb(3), colours.rgb(5));
    assertThat(IntStream.of(row).distinct()).hasSize(3);
    assertThat(colours.swatch(8).getRGB(0, 0) & MASK).isEqualTo(row[1]);
  }

  @Test
  void whatComesAfterTheFirstSevenIsGrey() {
    ClassColours colours = new ClassColours(IntStream.range(0, 10).boxed().toList());
    assertThat(colours.named()).hasSize(7);
    assertThat(colours.named().stream().map(colours::rgb).distinct()).hasSize(7);
    assertThat(List.of(colours.rgb(7), colours.rgb(9), colours.rgb(77))).containsOnly(0x808080);
  }

  @Test
  void picturesStandSideBySideInTheirOwnColours() {
    FeatureMaps grey = FeatureMaps.of(new Shape(1, 1, 1), new float[] {0.25f});
    FeatureMaps colour = FeatureMaps.of(new Shape(3, 1, 1), new float[] {1, 0, 0.5f});
    BufferedImage strip = PictureStrip.draw(List.of(grey, colour), 2);
    int gap = TileGrid.GAP;
    assertThat(strip.getWidth()).isEqualTo(3 * gap + 2 * 2);
    assertThat(strip.getRGB(gap + 1, gap + 1) & MASK).isEqualTo(0x404040);
    assertThat(strip.getRGB(2 * gap + 2, gap) & MASK).isEqualTo(0xFF0080);
  }

  /** Three pictures in two columns: the fourth cell stays background. */
  @Test
  void picturesStandInRows() {
    FeatureMaps white = FeatureMaps.of(new Shape(1, 1, 1), new float[] {1});
    FeatureMaps black = FeatureMaps.zeros(new Shape(1, 1, 1));
    BufferedImage rows = PictureStrip.rows(List.of(white, black, white), 2, 1);
    assertThat(rows.getWidth()).isEqualTo(2 + 2 * 3);
    assertThat(rows.getHeight()).isEqualTo(2 + 2 * 3);
    assertThat(rows.getRGB(2, 2) & 0xffffff).isEqualTo(0xffffff);
    assertThat(rows.getRGB(5, 2) & 0xffffff).isZero();
    assertThat(rows.getRGB(2, 5) & 0xffffff).isEqualTo(0xffffff);
    assertThat(rows.getRGB(5, 5)).isEqualTo(rows.getRGB(0, 0));
  }
}
