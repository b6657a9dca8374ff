package org.deconvnet.solve.greedy;

import java.util.List;
import java.util.Map;
import org.deconvnet.tensor.SparseMaps;

/** Where tiles are worked on: in this JVM, or on a cluster. Keeps each tile's window and code. */
public interface TileWorkers {
  /**
   * By how much κ may be multiplied before the image's code is zero; maps without a weight are left
   * out.
   */
  double excess();

  /**
   * Lets tiles of one colour take their turns, in any order or at once.
   *
   * @param turns by the tile's number
   * @return one report a turn, in any order
   */
  List<TileReport> descend(Map<Integer, TileTurn> turns);

  /**
   * Tells tiles what they do not know yet, and sums up where the code stands.
   *
   * @param news by the tile's number
   * @return one a tile, by number
   */
  List<TileSums> sums(Map<Integer, List<CodeChanges>> news);

  /** The code that each tile owns, by number. */
  List<SparseMaps> codes();
}
