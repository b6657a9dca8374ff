package org.deconvnet.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/** Equal cells in rows and columns with a thin gap around each; one picture is drawn per cell. */
final class TileGrid {
  /** Pixels between cells and around the grid. */
  static final int GAP = 2;

  /** A pale blue, so that neither the gap nor the padding can be taken for a grey tone. */
  static final int BACKGROUND = 0xC8D2E0;

  private final int cellHeight;
  private final int cellWidth;
  private final int scale;
  private final BufferedImage picture;

  /** Cells as large as the largest of {@code tiles}, each number drawn as scale x scale pixels. */
  TileGrid(List<FeatureMaps> tiles, int rows, int columns, int scale) {
    Checks.atLeast("picture scale", 1, scale);
    this.scale = scale;
    cellHeight = scale * tiles.stream().mapToInt(FeatureMaps::height).max().orElse(0);
    cellWidth = scale * tiles.stream().mapToInt(FeatureMaps::width).max().orElse(0);
    int width = GAP + columns * (cellWidth + GAP);
    int height = GAP + rows * (cellHeight + GAP);
    picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    fill(0, 0, width, height, BACKGROUND);
  }

  /** Draws the maps at the top left of a cell; what they do not cover stays background. */
  void draw(int row, int column, FeatureMaps maps, float range) {
    int top = GAP + row * (cellHeight + GAP);
    int left = GAP + column * (cellWidth + GAP);
    for (int i = 0; i < maps.height(); i++) {
      for (int j = 0; j < maps.width(); j++) {
        int rgb = SignedTone.rgb(maps, i, j, range);
        fill(left + j * scale, top + i * scale, scale, scale, rgb);
      }
    }
  }

  BufferedImage picture() {
    return picture;
  }

  private void fill(int x, int y, int width, int height, int rgb) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(new Color(rgb));
    graphics.fillRect(x, y, width, height);
    graphics.dispose();
  }
}
