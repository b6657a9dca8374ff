package org.deconvnet.simd;

import java.util.Arrays;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The reconstruction from the maps' side, for few channels: all maps together make planes of
 * products, one for each row of the filter, and each is added to the image at its row's shift. The
 * rows are the four outputs of {@link TapKernel}, so no channel is computed in vain, and a row's
 * columns are taps, as {@link TapGroup} says.
 *
 * <p>The image is summed in planes with the maps' row stride, s − 1 rows and columns beyond the
 * maps': a position of a map, moved by a tap, is then one flat index, and what wraps around a row's
 * end falls into columns that are thrown away. Scratch: one such plane a channel, and a chunk of
 * the maps. Not thread-safe.
 */
final class SpreadSynthesis {
  private static final int OUTPUTS = TapKernel.OUTPUTS;

  /** Numbers of all maps that are taken through all taps before the next ones: 192 kB of L2. */
  private static final int CHUNK = 49152;

  private final TapKernel kernel = new TapKernel();
  private float[] sums = {};
  private float[] chunk = {};
  private int[] offsets = {};

  /** Share of the products computed that are useful. */
  static double useful(PackedFilters pack, FeatureMaps out) {
    int side = pack.source().side();
    double border = (double) (out.height() + side - 1) * (out.width() + side - 1);
    return out.shape().plane() / border * side * side / pack.groupTaps();
  }

  void run(PackedFilters pack, FeatureMaps z, FeatureMaps out) {
    int side = pack.source().side();
    int end = z.shape().plane() + side - 1;
    int channelLength = end + (side - 1) * z.width() + side + OUTPUTS + TapKernel.BLOCK;
    sums = Scratch.zeros(sums, out.maps() * channelLength);
    int blocks = Math.max(1, CHUNK / (z.maps() * TapKernel.BLOCK));
    int length = Math.min(blocks * TapKernel.BLOCK, TapKernel.roundUp(end));
    int mapLength = length + side - 1;
    chunk = Scratch.grown(chunk, z.maps() * mapLength);
    offsets = Scratch.grown(offsets, z.maps() * side);
    for (int from = 0; from < end; from += length) {
      take(z, from - (side - 1), mapLength);
      int run = Math.min(length, TapKernel.roundUp(end - from));
      for (int c = 0; c < out.maps(); c++) {
        spread(pack, c, mapLength, z.width(), c * channelLength + from, run);
      }
    }
    copyOut(z.width(), side, channelLength, out);
  }

  /** So many numbers of each map from a position on; beyond the map they are zeros. */
  private void take(FeatureMaps z, int from, int length) {
    int plane = z.shape().plane();
    int first = Math.max(0, from);
    int last = Math.max(first, Math.min(plane, from + length));
    for (int k = 0; k < z.maps(); k++) {
      int to = k * length;
      Arrays.fill(chunk, to, to + first - from, 0);
      System.arraycopy(z.data(), k * plane + first, chunk, to + first - from, last - first);
      Arrays.fill(chunk, to + last - from, to + length, 0);
    }
  }

  private void spread(
      PackedFilters pack, int channel, int mapLength, int stride, int to, int length) {
    int[] maps = pack.mapsOfOne().of(channel);
    int side = pack.source().side();
    int weight = pack.mapsOfOne().start(channel) * pack.groupTaps();
    for (TapGroup group : pack.tapGroups()) {
      int taps = tabulate(maps, mapLength, group.width(), side);
      kernel.run(
          chunk,
          0,
          offsets,
          taps,
          pack.byPosition(),
          weight,
          sums,
          to + shift(group, 0, side, stride),
          to + shift(group, 1, side, stride),
          to + shift(group, 2, side, stride),
          to + shift(group, 3, side, stride),
          length);
      weight += taps * OUTPUTS;
    }
  }

  /** Where an output's row lies; a row beyond the filter adds zeros to the last one. */
  private static int shift(TapGroup group, int output, int side, int stride) {
    return Math.min(group.row(output), side - 1) * stride + group.column(output);
  }

  private int tabulate(int[] maps, int mapLength, int width, int side) {
    int t = 0;
    for (int map : maps) {
      for (int j = 0; j < width; j++) {
        offsets[t++] = map * mapLength + side - 1 - j;
      }
    }
    return t;
  }

  private void copyOut(int stride, int side, int channelLength, FeatureMaps out) {
    for (int c = 0; c < out.maps(); c++) {
      for (int y = 0; y < out.height(); y++) {
        int from = c * channelLength + (y + side - 1) * stride + side - 1;
        System.arraycopy(sums, from, out.data(), out.index(c, y, 0), out.width());
      }
    }
  }
}
