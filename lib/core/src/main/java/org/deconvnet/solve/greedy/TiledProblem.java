package org.deconvnet.solve.greedy;

import java.io.Serializable;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.SparseMaps;

/**
 * What the tiles of an image solve together.
 *
 * @param filters connected in full, each of norm 1 at most
 * @param penalty κ, one a map
 * @param options of the image as a whole; {@link DescentOptions#changesPerPlace()} limits each
 *     tile's turn, too
 */
public record TiledProblem(
    FilterBank filters, WeightedL1 penalty, DescentOptions options, Tiling tiling)
    implements Serializable {
  public TiledProblem {
    Checks.equal("weights of maps", filters.maps(), penalty.maps());
    Checks.equal("side of the tiling's filters", filters.side(), tiling.side());
  }

  /** The same with κ multiplied. */
  public TiledProblem withPenaltyTimes(double factor) {
    return new TiledProblem(filters, penalty.times(factor), options, tiling);
  }

  /** What no coefficient would move by in the end. */
  double tolerance() {
    return options.tolerance() * penalty.largest();
  }

  /** The code that a tile sees, before the first round. */
  public SparseMaps zeros(Tile tile) {
    return SparseMaps.zeros(tile.seen(filters.side()).code(filters.maps()));
  }

  /** The part of the code that a tile sees which it owns. */
  public SparseMaps own(Tile tile, SparseMaps seen) {
    return CodeChanges.cut(seen, tile.seen(filters.side()), tile.own());
  }

  /**
   * @throws IllegalArgumentException if the image has other channels than the filters, another size
   *     than the tiling, or holds a number that is not finite
   */
  public void check(FeatureMaps image) {
    Checks.equal("image: channels", filters.channels(), image.maps());
    Checks.equal("image: rows", tiling.height(), image.height());
    Checks.equal("image: columns", tiling.width(), image.width());
    Checks.finite("image", image);
  }
}
