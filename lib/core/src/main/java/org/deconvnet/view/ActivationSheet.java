package org.deconvnet.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import org.deconvnet.network.ActivationPicture;
import org.deconvnet.preprocess.Resampler;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What maps mean: a block a map, in it two squares of tiles, at the left the map's strongest
 * activations in pixels, at the right the image patches at the same places in the same order, row
 * by row.
 *
 * <p>Each tile has its own scale around mid-grey, as in {@link FilterMosaic}. All cells have one
 * side; a smaller tile is enlarged by a whole factor, a larger one shrunk. What no activation fills
 * stays background. Not thread-safe.
 */
public final class ActivationSheet {
  private static final int GAP = TileGrid.GAP;
  private static final int BETWEEN_SQUARES = 8;
  private static final int BETWEEN_BLOCKS = 16;

  private final int columns;
  private final int across;
  private final int cell;
  private final BufferedImage picture;

  /**
   * @param blocks how many maps, at least 1
   * @param columns maps in a row, at least 1
   * @param most activations a map, at least 1
   * @param cell side of a cell in pixels
   */
  public ActivationSheet(int blocks, int columns, int most, int cell) {
    Checks.atLeast("activation sheet: maps", 1, blocks);
    Checks.atLeast("activation sheet: columns", 1, columns);
    Checks.atLeast("activation sheet: activations a map", 1, most);
    Checks.atLeast("activation sheet: cell", 1, cell);
    this.columns = Math.min(blocks, columns);
    this.across = (int) Math.ceil(Math.sqrt(most));
    this.cell = cell;
    int rows = (blocks + this.columns - 1) / this.columns;
    picture =
        new BufferedImage(
            this.columns * (blockWidth() + BETWEEN_BLOCKS),
            rows * (square() + BETWEEN_BLOCKS),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(new Color(TileGrid.BACKGROUND));
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.dispose();
  }

  /** A sheet of so many columns as a width in pixels has room for, at least one. */
  public static ActivationSheet within(int width, int blocks, int most, int cell) {
    ActivationSheet one = new ActivationSheet(1, 1, most, cell);
    int columns = Math.max(1, width / one.picture.getWidth());
    return new ActivationSheet(blocks, columns, most, cell);
  }

  /** Pixels along a square of tiles. */
  private int square() {
    return across * (cell + GAP) - GAP;
  }

  private int blockWidth() {
    return 2 * square() + BETWEEN_SQUARES;
  }

  /** Where a block lies in the picture, in pixels. */
  public Rectangle block(int block) {
    return new Rectangle(
        block % columns * (blockWidth() + BETWEEN_BLOCKS) + BETWEEN_BLOCKS / 2,
        block / columns * (square() + BETWEEN_BLOCKS) + BETWEEN_BLOCKS / 2,
        blockWidth(),
        square());
  }

  /**
   * Draws a block, strongest first.
   *
   * @param best 1 map (grey) or 3 maps (RGB) each, of finite numbers
   * @throws IllegalArgumentException if a picture breaks the rule above
   */
  public void draw(int block, List<ActivationPicture> best) {
    Rectangle place = block(block);
    for (int i = 0; i < best.size(); i++) {
      int y = place.y + i / across * (cell + GAP);
      int x = place.x + i % across * (cell + GAP);
      draw(best.get(i).projection(), y, x);
      draw(best.get(i).patch(), y, x + square() + BETWEEN_SQUARES);
    }
  }

  private void draw(FeatureMaps tile, int top, int left) {
    SignedTone.check("activation sheet: tile", tile);
    FeatureMaps shown = fitted(tile);
    int factor = Math.max(1, cell / Math.max(shown.height(), shown.width()));
    float range = SignedTone.range(shown);
    for (int y = 0; y < shown.height() * factor; y++) {
      for (int x = 0; x < shown.width() * factor; x++) {
        int rgb = SignedTone.rgb(shown, y / factor, x / factor, range);
        picture.setRGB(left + x, top + y, rgb);
      }
    }
  }

  /** The tile, shrunk if it is larger than a cell. */
  private FeatureMaps fitted(FeatureMaps tile) {
    double shrink = (double) cell / Math.max(tile.height(), tile.width());
    if (shrink >= 1) {
      return tile;
    }
    return Resampler.resize(
        tile,
        Math.max(1, (int) Math.round(tile.height() * shrink)),
        Math.max(1, (int) Math.round(tile.width() * shrink)));
  }

  public BufferedImage picture() {
    return picture;
  }
}
