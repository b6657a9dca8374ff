package org.deconvnet.simd;

import java.util.Arrays;
import org.deconvnet.tensor.Connectivity;

/**
 * Which inputs each tile of outputs is connected to. A tile is some neighbouring outputs that
 * {@link TapKernel} computes together; an input that none of them is connected to costs nothing.
 * Outputs are maps and inputs channels, or the other way round. Immutable.
 */
final class TileInputs {
  /** The connectivity's table, in either direction. */
  private interface Table {
    boolean connects(int output, int input);
  }

  private final int[][] inputs;

  /** Inputs of all tiles before each one, and of all. */
  private final int[] starts;

  private TileInputs(int outputs, int width, int inputCount, Table table) {
    int tiles = (outputs + width - 1) / width;
    inputs = new int[tiles][];
    starts = new int[tiles + 1];
    int[] found = new int[inputCount];
    for (int tile = 0; tile < tiles; tile++) {
      int end = Math.min(outputs, (tile + 1) * width);
      int count = 0;
      for (int input = 0; input < inputCount; input++) {
        if (connectsAny(table, tile * width, end, input)) {
          found[count++] = input;
        }
      }
      inputs[tile] = Arrays.copyOf(found, count);
      starts[tile + 1] = starts[tile] + count;
    }
  }

  private static boolean connectsAny(Table table, int from, int end, int input) {
    for (int output = from; output < end; output++) {
      if (table.connects(output, input)) {
        return true;
      }
    }
    return false;
  }

  /** Channels that so many neighbouring maps are connected to. */
  static TileInputs channelsOfMaps(Connectivity g, int width) {
    return new TileInputs(g.maps(), width, g.channels(), g::connects);
  }

  /** Maps that so many neighbouring channels are connected to. */
  static TileInputs mapsOfChannels(Connectivity g, int width) {
    return new TileInputs(g.channels(), width, g.maps(), (c, k) -> g.connects(k, c));
  }

  int tiles() {
    return inputs.length;
  }

  /** Inputs of a tile, ascending. Shared. */
  int[] of(int tile) {
    return inputs[tile];
  }

  /** Inputs of all tiles before this one. */
  int start(int tile) {
    return starts[tile];
  }

  /** Inputs of all tiles, those of several counted as often. */
  int total() {
    return starts[inputs.length];
  }

  /**
   * Leaves out the taps of inputs that a tile is not connected to.
   *
   * @param all taps of every input, one input after the other
   * @param each taps of one input
   * @param to receives those of the tile's inputs
   * @return how many those are
   */
  int choose(int tile, int[] all, int each, int[] to) {
    int taps = 0;
    for (int input : inputs[tile]) {
      System.arraycopy(all, input * each, to, taps, each);
      taps += each;
    }
    return taps;
  }
}
