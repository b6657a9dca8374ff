package org.deconvnet.simd;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The adjoint from the maps' side, four maps at once, over a residual with a frame of zeros: a
 * filter tap is one offset, and a whole plane is one run. Scratch: the framed residual and four
 * planes. Not thread-safe.
 */
final class PlaneAdjoint {
  private static final int CHUNK = 1024;

  private float[] framed = {};
  private float[] planes = {};
  private int[] offsets = {};

  /** Share of the products computed that are useful. */
  static double useful(FilterBank f, FeatureMaps r) {
    int margin = f.side() - 1;
    double computed = (double) (r.height() + margin) * (r.width() + 2 * margin);
    int maps = Scratch.groups(f.maps()) * TapKernel.OUTPUTS;
    return r.shape().plane() / computed * f.maps() / maps;
  }

  void run(PackedFilters pack, FeatureMaps r, FeatureMaps out) {
    int side = pack.source().side();
    int stride = r.width() + 2 * (side - 1);
    frame(r, side - 1, stride);
    prepare(r, side, stride);
    int rows = Math.min(out.height(), Math.max(1, CHUNK / stride));
    for (int k = 0; k < out.maps(); k += TapKernel.OUTPUTS) {
      for (int y = 0; y < out.height(); y += rows) {
        band(pack, k, y, Math.min(rows, out.height() - y), stride, out);
      }
    }
  }

  /** Some rows of four maps: few enough that they stay in the cache until they are copied out. */
  private void band(PackedFilters pack, int map, int row, int rows, int stride, FeatureMaps out) {
    int taps = pack.mapTaps();
    int run = TapKernel.roundUp((rows - 1) * stride + out.width());
    planes = Scratch.zeros(planes, TapKernel.OUTPUTS * run);
    TapKernel.run(
        framed,
        row * stride,
        offsets,
        taps,
        pack.byMap(),
        map * taps,
        planes,
        0,
        run,
        2 * run,
        3 * run,
        run);
    for (int m = 0; m < TapKernel.OUTPUTS && map + m < out.maps(); m++) {
      for (int y = 0; y < rows; y++) {
        int to = out.index(map + m, row + y, 0);
        System.arraycopy(planes, m * run + y * stride, out.data(), to, out.width());
      }
    }
  }

  private void frame(FeatureMaps r, int margin, int stride) {
    int plane = (r.height() + 2 * margin) * stride;
    framed = Scratch.zeros(framed, r.maps() * plane + TapKernel.LANES);
    for (int c = 0; c < r.maps(); c++) {
      for (int y = 0; y < r.height(); y++) {
        int to = c * plane + (y + margin) * stride + margin;
        System.arraycopy(r.data(), r.index(c, y, 0), framed, to, r.width());
      }
    }
  }

  private void prepare(FeatureMaps r, int side, int stride) {
    offsets = Scratch.grown(offsets, r.maps() * side * side);
    int plane = (r.height() + 2 * (side - 1)) * stride;
    int t = 0;
    for (int c = 0; c < r.maps(); c++) {
      for (int i = 0; i < side; i++) {
        for (int j = 0; j < side; j++) {
          offsets[t++] = c * plane + i * stride + j;
        }
      }
    }
  }
}
