package org.deconvnet.operator.cnn;

/**
 * Which taps of a filter are in one square block of it, and where. Blocks are stored flipped, as
 * true convolution wants them. Immutable.
 */
final class BlockTaps {
  private final int[] inFilter;
  private final int[] inBlock;

  private BlockTaps(int[] inFilter, int[] inBlock) {
    this.inFilter = inFilter;
    this.inBlock = inBlock;
  }

  /**
   * All blocks, (block down, block across).
   *
   * @param width columns of the whole filter
   */
  static BlockTaps[] of(AxisPhases rows, AxisPhases columns, int side, int width) {
    BlockTaps[] all = new BlockTaps[rows.blocks() * columns.blocks()];
    for (int i = 0; i < rows.blocks(); i++) {
      for (int j = 0; j < columns.blocks(); j++) {
        all[i * columns.blocks() + j] = block(rows, i, columns, j, side, width);
      }
    }
    return all;
  }

  private static BlockTaps block(
      AxisPhases rows, int i, AxisPhases columns, int j, int side, int width) {
    int height = places(rows, i, side);
    int across = places(columns, j, side);
    int[] inFilter = new int[height * across];
    int[] inBlock = new int[height * across];
    for (int u = 0; u < height; u++) {
      for (int v = 0; v < across; v++) {
        inFilter[u * across + v] = rows.tap(i, u) * width + columns.tap(j, v);
        inBlock[u * across + v] = (side - 1 - u) * side + side - 1 - v;
      }
    }
    return new BlockTaps(inFilter, inBlock);
  }

  /** Places of a block, from its start, that hold taps. */
  private static int places(AxisPhases axis, int block, int side) {
    int places = 0;
    while (places < side && axis.tap(block, places) >= 0) {
      places++;
    }
    return places;
  }

  /** A filter's plane to a block of it. */
  void copy(float[] filter, int plane, float[] bank, int bankPlane) {
    for (int t = 0; t < inFilter.length; t++) {
      bank[bankPlane + inBlock[t]] = filter[plane + inFilter[t]];
    }
  }

  /** Adds a block to the filter's plane. */
  void addBack(float[] bank, int bankPlane, float[] filter, int plane) {
    for (int t = 0; t < inFilter.length; t++) {
      filter[plane + inFilter[t]] += bank[bankPlane + inBlock[t]];
    }
  }
}
