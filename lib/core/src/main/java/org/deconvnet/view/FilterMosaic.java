package org.deconvnet.view;

import java.awt.image.BufferedImage;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Many small signed pictures, such as filters projected to pixels, side by side.
 *
 * <p>Each tile has its own scale: with m its largest absolute value over all its maps, -m is drawn
 * as tone 0, zero as 128 and +m as 255. So shapes can be compared between tiles, strengths cannot.
 * A tile of zeros is mid-grey.
 */
public final class FilterMosaic {
  private FilterMosaic() {}

  /**
   * Draws the tiles row by row, each number as a square of {@code scale} pixels.
   *
   * @param tiles at least one; each 1 map (grey) or 3 maps (RGB) of finite numbers. Sizes may
   *     differ: cells are as large as the largest tile, smaller ones lie at the top left
   * @param columns tiles in a row, at least 1; fewer tiles than that make a narrower picture
   * @param scale pixels per number, at least 1
   * @throws IllegalArgumentException if there is no tile or one breaks the rules above
   */
  public static BufferedImage draw(List<FeatureMaps> tiles, int columns, int scale) {
    Checks.atLeast("mosaic: tiles", 1, tiles.size());
    Checks.atLeast("mosaic: columns", 1, columns);
    int across = Math.min(columns, tiles.size());
    int rows = (tiles.size() + across - 1) / across;
    TileGrid grid = new TileGrid(tiles, rows, across, scale);
    for (int i = 0; i < tiles.size(); i++) {
      FeatureMaps tile = tiles.get(i);
      SignedTone.check("mosaic: tile " + i, tile);
      grid.draw(i / across, i % across, tile, SignedTone.range(tile));
    }
    return grid.picture();
  }
}
