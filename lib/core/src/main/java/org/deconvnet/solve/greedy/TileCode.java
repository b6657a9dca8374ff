package org.deconvnet.solve.greedy;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.tensor.SparseMaps;

/**
 * What is kept of a tile from round to round.
 *
 * @param own the coefficients that it owns, (K, rows, columns)
 * @param halo those of other tiles whose atoms overlap its own, with s − 1 rows and columns more on
 *     each side
 */
public record TileCode(SparseMaps own, SparseMaps halo) implements Serializable {
  static TileCode zeros(Tile tile, int maps, int side) {
    return new TileCode(
        SparseMaps.zeros(tile.own(maps)), SparseMaps.zeros(tile.around(maps, side)));
  }

  TileCode following(List<CodeChanges> news) {
    SparseMaps now = halo;
    for (CodeChanges changes : news) {
      now = changes.applied(now);
    }
    return new TileCode(own, now);
  }
}
