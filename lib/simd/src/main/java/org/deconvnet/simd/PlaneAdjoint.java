package org.deconvnet.simd;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * The adjoint from the maps' side, over a residual with a frame of zeros: a filter tap is one
 * offset, and a whole plane is one run. The four outputs are four maps, which read the channels
 * that any of them is connected to; or, where maps share few channels, two or four neighbouring
 * rows of two maps or one, which share all but a few rows of the residual.
 *
 * <p>With so many rows at once, every second or fourth row of the framed residual is a plane of its
 * own, and so are those of the maps: a tap is still one offset. Sums run in the same order whatever
 * the outputs are. Scratch: the framed residual and four planes. Not thread-safe.
 */
final class PlaneAdjoint {
  private static final int OUTPUTS = TapKernel.OUTPUTS;
  private static final int CHUNK = 1024;

  private float[] framed = {};
  private float[] planes = {};
  private int[] offsets = {};
  private int[] chosen = {};

  /** The sizes of one call: an image, and how many neighbouring rows of a map go together. */
  private record Plan(PackedFilters pack, Shape image, int rows) {
    static Plan of(PackedFilters pack, Shape image) {
      Plan best = new Plan(pack, image, 1);
      // Maps of a full table share every channel already.
      boolean full = pack.source().connectivity().isFull();
      for (int rows = 2; rows <= OUTPUTS && !full; rows *= 2) {
        Plan other = new Plan(pack, image, rows);
        best = other.useful() > best.useful() ? other : best;
      }
      return best;
    }

    double useful() {
      int side = side();
      double wanted = (double) pack.connections() * side * side * image.plane();
      double taps = (double) pack.channels(rows).total() * pack.channelTaps(rows);
      return wanted / (taps * OUTPUTS * height() * stride());
    }

    int side() {
      return pack.source().side();
    }

    int margin() {
      return side() - 1;
    }

    int stride() {
      return image.width() + 2 * margin();
    }

    /** Rows of a plane of the maps. */
    int height() {
      return (image.height() + margin() + rows - 1) / rows;
    }

    /** Numbers in a plane of the residual. */
    int plane() {
      return (height() + (margin() + rows - 1) / rows) * stride();
    }

    /** Where a framed row of the residual lies. */
    int row(int channel, int row) {
      return (channel * rows + row % rows) * plane() + row / rows * stride();
    }
  }

  /** Share of the products computed that are useful. */
  static double useful(PackedFilters pack, FeatureMaps r) {
    return Plan.of(pack, r.shape()).useful();
  }

  void run(PackedFilters pack, FeatureMaps r, FeatureMaps out) {
    Plan plan = Plan.of(pack, r.shape());
    TileInputs inputs = pack.channels(plan.rows);
    frame(plan, r);
    prepare(plan);
    int rows = Math.min(plan.height(), Math.max(1, CHUNK / plan.stride()));
    for (int tile = 0; tile < inputs.tiles(); tile++) {
      int taps = inputs.choose(tile, offsets, pack.channelTaps(plan.rows), chosen);
      for (int y = 0; y < plan.height(); y += rows) {
        band(plan, tile, taps, y, Math.min(rows, plan.height() - y), out);
      }
    }
  }

  /** Some rows of a tile: few enough that they stay in the cache until they are copied out. */
  private void band(Plan plan, int tile, int taps, int row, int rows, FeatureMaps out) {
    PackedFilters pack = plan.pack;
    int run = TapKernel.roundUp((rows - 1) * plan.stride() + out.width());
    planes = Scratch.zeros(planes, OUTPUTS * run);
    TapKernel.run(
        framed,
        row * plan.stride(),
        chosen,
        taps,
        pack.byMap(plan.rows),
        pack.channels(plan.rows).start(tile) * pack.channelTaps(plan.rows) * OUTPUTS,
        planes,
        0,
        run,
        2 * run,
        3 * run,
        run);
    for (int m = 0; m < OUTPUTS; m++) {
      int map = tile * (OUTPUTS / plan.rows) + m / plan.rows;
      if (map < out.maps()) {
        int to = row * plan.rows + m % plan.rows;
        int end = Math.min(out.height(), to + rows * plan.rows);
        copyRows(m * run, plan.stride(), out, map, to, end, plan.rows);
      }
    }
  }

  private void copyRows(
      int from, int stride, FeatureMaps out, int map, int row, int end, int step) {
    int at = from;
    for (int y = row; y < end; y += step) {
      System.arraycopy(planes, at, out.data(), out.index(map, y, 0), out.width());
      at += stride;
    }
  }

  private void frame(Plan plan, FeatureMaps r) {
    int margin = plan.margin();
    framed = Scratch.zeros(framed, r.maps() * plan.rows * plan.plane() + TapKernel.LANES);
    for (int c = 0; c < r.maps(); c++) {
      for (int y = 0; y < r.height(); y++) {
        int to = plan.row(c, y + margin) + margin;
        System.arraycopy(r.data(), r.index(c, y, 0), framed, to, r.width());
      }
    }
  }

  /** The taps of all channels. */
  private void prepare(Plan plan) {
    offsets = Scratch.grown(offsets, plan.image.maps() * plan.pack.channelTaps(plan.rows));
    chosen = Scratch.grown(chosen, offsets.length);
    int t = 0;
    for (int c = 0; c < plan.image.maps(); c++) {
      for (int i = 0; i < plan.side() + plan.rows - 1; i++) {
        int row = plan.row(c, i);
        for (int j = 0; j < plan.side(); j++) {
          offsets[t++] = row + j;
        }
      }
    }
  }
}
