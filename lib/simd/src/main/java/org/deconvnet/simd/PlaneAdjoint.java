package org.deconvnet.simd;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * The adjoint from the maps' side, over a residual with zeros around it: a filter tap is one
 * offset, and a whole plane is one run. The four outputs are four maps, which read the channels
 * that any of them is connected to; or, where maps share few channels, two or four neighbouring
 * rows of two maps or one, which share all but a few rows of the residual.
 *
 * <p>The zeros before a row are those behind the row above, so rows are as long as the maps' own,
 * and four maps are summed in place.
 *
 * <p>With so many rows at once, every second or fourth row of the framed residual is a plane of its
 * own, and so are those of the maps: a tap is still one offset. Sums run in the same order whatever
 * the outputs are. Scratch: the residual with its zeros, and a band of four planes. Not
 * thread-safe.
 */
final class PlaneAdjoint {
  private static final int OUTPUTS = TapKernel.OUTPUTS;

  /** Positions of each output that are computed in one go: they stay in the cache meanwhile. */
  private static final int CHUNK = 1024 / TapKernel.BLOCK * TapKernel.BLOCK;

  private final TapKernel kernel = new TapKernel();
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

    /** Numbers in a row, of the maps and of the residual with the zeros before it. */
    int stride() {
      return image.width() + margin();
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
    if (plan.rows == 1) {
      out.fill(0);
    }
    for (int tile = 0; tile < inputs.tiles(); tile++) {
      int taps = inputs.choose(tile, offsets, pack.channelTaps(plan.rows), chosen);
      if (plan.rows == 1) {
        fourMaps(plan, tile, taps, out);
      } else {
        neighbouringRows(plan, tile, taps, out);
      }
    }
  }

  /** Four maps, where they lie; what does not fill a vector at their end goes through scratch. */
  private void fourMaps(Plan plan, int tile, int taps, FeatureMaps out) {
    int plane = out.shape().plane();
    int first = tile * OUTPUTS * plane;
    int last = out.maps() - 1 - tile * OUTPUTS;
    int whole = plane - plane % TapKernel.LANES;
    for (int from = 0; from < whole; from += CHUNK) {
      int run = Math.min(CHUNK, whole - from);
      sum(plan, tile, taps, from, out.data(), first + from, plane, last, run);
    }
    if (whole < plane) {
      planes = Scratch.zeros(planes, OUTPUTS * TapKernel.LANES);
      sum(plan, tile, taps, whole, planes, 0, TapKernel.LANES, last, TapKernel.LANES);
      for (int m = 0; m <= Math.min(last, OUTPUTS - 1); m++) {
        int to = first + m * plane + whole;
        System.arraycopy(planes, m * TapKernel.LANES, out.data(), to, plane - whole);
      }
    }
  }

  /** Neighbouring rows are apart in the maps: they go there from scratch, a band at a time. */
  private void neighbouringRows(Plan plan, int tile, int taps, FeatureMaps out) {
    int rows = Math.min(plan.height(), Math.max(1, CHUNK / plan.stride()));
    for (int y = 0; y < plan.height(); y += rows) {
      band(plan, tile, taps, y, Math.min(rows, plan.height() - y), out);
    }
  }

  private void band(Plan plan, int tile, int taps, int row, int rows, FeatureMaps out) {
    int run = TapKernel.roundUp(rows * plan.stride());
    planes = Scratch.zeros(planes, OUTPUTS * run);
    sum(plan, tile, taps, row * plan.stride(), planes, 0, run, OUTPUTS - 1, run);
    for (int m = 0; m < OUTPUTS; m++) {
      int map = tile * (OUTPUTS / plan.rows) + m / plan.rows;
      if (map < out.maps()) {
        int to = row * plan.rows + m % plan.rows;
        int end = Math.min(out.height(), to + rows * plan.rows);
        copyRows(m * run, plan.stride(), out, map, to, end, plan.rows);
      }
    }
  }

  /**
   * Sums a tile from one of its positions on.
   *
   * @param apart from one output to the next
   * @param last output that there is; one beyond it adds zeros to this
   */
  private void sum(
      Plan plan,
      int tile,
      int taps,
      int from,
      float[] out,
      int to,
      int apart,
      int last,
      int length) {
    PackedFilters pack = plan.pack;
    kernel.run(
        framed,
        from,
        chosen,
        taps,
        pack.byMap(plan.rows),
        pack.channels(plan.rows).start(tile) * pack.channelTaps(plan.rows) * OUTPUTS,
        out,
        to,
        to + Math.min(1, last) * apart,
        to + Math.min(2, last) * apart,
        to + Math.min(3, last) * apart,
        length);
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
    int end = r.maps() * plan.rows * plan.plane();
    framed = Scratch.zeros(framed, end + margin + TapKernel.LANES);
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
