package org.deconvnet.solve.greedy;

import java.io.Serializable;
import java.util.List;

/**
 * What a tile tells of its turn.
 *
 * @param tile its number
 * @param changes how many coefficients changed, one that changed twice counted twice
 * @param settled whether it came to the level, and not to the limit of changes
 * @param news what of it others see, tile by tile
 */
public record TileReport(int tile, long changes, boolean settled, List<News> news)
    implements Serializable {
  /**
   * What changed of the code that a tile sees.
   *
   * @param tile number of the tile that is to know
   */
  public record News(int tile, CodeChanges changes) implements Serializable {}
}
