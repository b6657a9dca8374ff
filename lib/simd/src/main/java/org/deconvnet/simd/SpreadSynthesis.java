package org.deconvnet.simd;

import org.deconvnet.tensor.FeatureMaps;

/**
 * The reconstruction from the maps' side, for few channels: for each filter tap, all maps together
 * make one plane of products, which is added to the image at the tap's shift. Four taps are the
 * four outputs of {@link TapKernel}, so no channel is computed in vain.
 *
 * <p>The image is summed in planes with the maps' row stride, s − 1 rows and columns beyond the
 * maps': a position of a map, moved by a tap, is then one flat index, and what wraps around a row's
 * end falls into columns that are thrown away. Scratch: one such plane a channel. Not thread-safe.
 */
final class SpreadSynthesis {
  /** Numbers of all maps that are taken through all taps before the next ones: 24 kB of L1. */
  private static final int CHUNK = 6144;

  private float[] sums = {};
  private float[] tail = {};
  private int[] offsets = {};
  private int[] shifts = {};

  /** Share of the products computed that are useful. */
  static double useful(PackedFilters pack, FeatureMaps out) {
    int side = pack.source().side();
    int area = side * side;
    double border = (double) (out.height() + side - 1) * (out.width() + side - 1);
    return out.shape().plane() / border * area / (Scratch.groups(area) * TapKernel.OUTPUTS);
  }

  void run(PackedFilters pack, FeatureMaps z, FeatureMaps out) {
    int side = pack.source().side();
    int plane = z.shape().plane();
    int channelLength = plane + (side + 1) * z.width() + TapKernel.BLOCK;
    sums = Scratch.zeros(sums, out.maps() * channelLength);
    prepare(z, side);
    int whole = plane / TapKernel.BLOCK * TapKernel.BLOCK;
    int chunk = Math.max(1, CHUNK / (z.maps() * TapKernel.BLOCK)) * TapKernel.BLOCK;
    for (int from = 0; from < whole; from += chunk) {
      int length = Math.min(chunk, whole - from);
      spread(pack, z.data(), from, plane, from, channelLength, length);
    }
    if (whole < plane) {
      copyTail(z, whole);
      spread(
          pack, tail, 0, TapKernel.BLOCK, whole, channelLength, TapKernel.roundUp(plane - whole));
    }
    copyOut(z.width(), side, channelLength, out);
  }

  private void prepare(FeatureMaps z, int side) {
    offsets = Scratch.grown(offsets, z.maps());
    int area = side * side;
    shifts = Scratch.grown(shifts, Scratch.groups(area) * TapKernel.OUTPUTS);
    for (int t = 0; t < shifts.length; t++) {
      // Down the filter's columns: the four taps of a group are then in different rows.
      int tap = Math.min(t, area - 1);
      shifts[t] = tap % side * z.width() + tap / side;
    }
  }

  private void spread(
      PackedFilters pack,
      float[] maps,
      int from,
      int apart,
      int to,
      int channelLength,
      int length) {
    TileInputs inputs = pack.mapsOfOne();
    int groups = Scratch.groups(pack.source().side() * pack.source().side());
    float[] weights = pack.byPosition();
    for (int c = 0; c < inputs.tiles(); c++) {
      int taps = inputs.of(c).length;
      for (int n = 0; n < taps; n++) {
        offsets[n] = inputs.of(c)[n] * apart;
      }
      int at = c * channelLength + to;
      for (int g = 0; g < groups; g++) {
        TapKernel.run(
            maps,
            from,
            offsets,
            taps,
            weights,
            (inputs.start(c) * groups + g * taps) * TapKernel.OUTPUTS,
            sums,
            at + shifts[4 * g],
            at + shifts[4 * g + 1],
            at + shifts[4 * g + 2],
            at + shifts[4 * g + 3],
            length);
      }
    }
  }

  /** The last positions of each map, followed by zeros: a run reads whole vectors. */
  private void copyTail(FeatureMaps z, int whole) {
    int plane = z.shape().plane();
    tail = Scratch.zeros(tail, z.maps() * TapKernel.BLOCK);
    for (int k = 0; k < z.maps(); k++) {
      System.arraycopy(z.data(), k * plane + whole, tail, k * TapKernel.BLOCK, plane - whole);
    }
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
