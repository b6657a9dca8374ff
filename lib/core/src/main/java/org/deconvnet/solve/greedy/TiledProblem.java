package org.deconvnet.solve.greedy;

import java.io.Serializable;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * What the tiles of an image solve together.
 *
 * @param filters connected in full, each of norm 1 at most
 * @param penalty κ, one a map
 * @param options of the whole image; {@link DescentOptions#changesPerPlace()} of each tile and turn,
 *     too
 */
public record TiledProblem(
    FilterBank filters, WeightedL1 penalty, DescentOptions options, Tiling tiling)
    implements Serializable {
  public TiledProblem {
    Checks.equal("weights of maps", filters.maps(), penalty.maps());
    Checks.equal("side of the tiling's filters", filters.side(), tiling.side());
  }

  /** What no coefficient would move by in the end. */
  double tolerance() {
    return options.tolerance() * penalty.largest();
  }

  TileCode zeros(Tile tile) {
    return TileCode.zeros(tile, filters.maps(), filters.side());
  }

  /**
   * @throws IllegalArgumentException if the image has other channels than the filters, or holds a
   *     number that is not finite
   */
  public void check(FeatureMaps image) {
    Checks.equal("image: channels", filters.channels(), image.maps());
    Checks.finite("image", image);
  }
}
