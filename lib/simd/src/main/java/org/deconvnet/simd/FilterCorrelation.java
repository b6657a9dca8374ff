package org.deconvnet.simd;

import java.util.Arrays;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The filter gradient: each pixel of the residual adds its own multiple of the maps under the
 * filter to the gradient. Maps are the fastest axis meanwhile, so that a filter row of all maps is
 * one run of {@link TapKernel}, whose taps are pixels. Its four outputs are four channels, or,
 * where channels are few, four filter rows. Where maps are connected to few of the channels, each
 * channel goes by itself, with its own maps only.
 *
 * <p>Works through bands of rows of the maps, each turned once a part, and these through blocks of
 * columns, so that a block's maps stay in the cache. Scratch: one band, the residual, the gradient.
 * Not thread-safe.
 */
final class FilterCorrelation {
  private static final int OUTPUTS = TapKernel.OUTPUTS;

  /** Numbers of the maps that a block of taps begins at: what it reads with them stays in L1. */
  private static final int BLOCK = 6144;

  /** Fewer taps than this do not hide the loading of the outputs. */
  private static final int LEAST_TAPS = 64;

  private final TapKernel kernel = new TapKernel();
  private float[] turned = {};
  private float[] residual = {};
  private float[] sums = {};
  private int[] offsets = {};
  private Connectivity connectivity;
  private TileInputs mapsOfAll;
  private TileInputs mapsOfEach;

  /** The sizes of one part: neighbouring channels from {@code first} on, and some maps. */
  private record Plan(
      FeatureMaps z,
      FeatureMaps r,
      int side,
      int first,
      int channels,
      int[] maps,
      boolean byChannel) {
    static Plan of(FeatureMaps z, FeatureMaps r, int side, int first, int channels, int[] maps) {
      Plan rows = new Plan(z, r, side, first, channels, maps, false);
      Plan all = new Plan(z, r, side, first, channels, maps, true);
      return rows.useful() > all.useful() ? rows : all;
    }

    /** Share of the products computed that belong to these channels and maps. */
    double useful() {
      double edge = (double) r.height() / (r.height() + OUTPUTS - 1);
      return byChannel ? (double) channels / sumChannels() : (double) side / sumRows() * edge;
    }

    /** Numbers in the runs computed for a pixel. */
    double work() {
      return channels * run() / useful();
    }

    int run() {
      return TapKernel.roundUp(side * maps.length);
    }

    /** Filter rows of a channel in the sums, with room for a last group's. */
    int sumRows() {
      return Scratch.groups(side) * OUTPUTS;
    }

    int sumChannels() {
      return Scratch.groups(channels) * OUTPUTS;
    }

    int framedPlane() {
      return (r.height() + 2 * (OUTPUTS - 1)) * r.width();
    }

    int taps() {
      return Math.max(LEAST_TAPS, BLOCK / maps.length);
    }

    int bandRows() {
      return Math.min(z.height(), Math.max(1, taps() / r.width()));
    }

    int columns() {
      return Math.min(r.width(), taps());
    }
  }

  void run(FeatureMaps z, FeatureMaps r, FilterBank out) {
    connect(out.connectivity());
    Plan all = Plan.of(z, r, out.side(), 0, r.maps(), mapsOfAll.of(0));
    if (all.work() <= workApart(z, r, out.side())) {
      run(all, out);
    } else {
      for (int c = 0; c < r.maps(); c++) {
        if (mapsOfEach.of(c).length > 0) {
          run(Plan.of(z, r, out.side(), c, 1, mapsOfEach.of(c)), out);
        }
      }
    }
    clearUnconnected(out);
  }

  /** {@link Plan#work} of all channels, each by itself. */
  private double workApart(FeatureMaps z, FeatureMaps r, int side) {
    int runs = 0;
    for (int c = 0; c < r.maps(); c++) {
      runs += TapKernel.roundUp(side * mapsOfEach.of(c).length);
    }
    return runs / Plan.of(z, r, side, 0, 1, mapsOfEach.of(0)).useful();
  }

  private void connect(Connectivity g) {
    if (!g.equals(connectivity)) {
      connectivity = g;
      mapsOfAll = TileInputs.mapsOfChannels(g, g.channels());
      mapsOfEach = TileInputs.mapsOfChannels(g, 1);
    }
  }

  private void run(Plan plan, FilterBank out) {
    FeatureMaps z = plan.z;
    sums = Scratch.zeros(sums, plan.sumChannels() * plan.sumRows() * plan.run());
    pack(plan);
    tabulate(plan);
    int rows = plan.bandRows();
    turned = Scratch.zeros(turned, rows * z.width() * plan.maps.length + TapKernel.LANES);
    for (int from = 0; from < z.height(); from += rows) {
      int end = Math.min(from + rows, z.height());
      turn(plan, from, end);
      for (int x = 0; x < plan.r.width(); x += plan.columns()) {
        block(plan, from, end, x, Math.min(plan.columns(), plan.r.width() - x));
      }
    }
    collect(plan, out);
  }

  /**
   * The residual as the kernel's weights: beside each pixel those of the next three channels, or of
   * the next three rows. Three rows of zeros lie above and below each channel, and channels of
   * zeros behind the last.
   */
  private void pack(Plan plan) {
    FeatureMaps r = plan.r;
    int plane = plan.framedPlane();
    int framed = plan.byChannel ? plan.sumChannels() : plan.channels;
    residual = Scratch.zeros(residual, framed * plane * (plan.byChannel ? 1 : OUTPUTS));
    for (int c = 0; c < plan.channels; c++) {
      for (int m = 0; m < (plan.byChannel ? 1 : OUTPUTS); m++) {
        int group = plan.byChannel ? c - c % OUTPUTS : c * OUTPUTS;
        int first = (OUTPUTS - 1 - m) * r.width();
        int to = group * plane + first * OUTPUTS + (plan.byChannel ? c % OUTPUTS : m);
        spread(r.data(), r.index(plan.first + c, 0, 0), to, r.shape().plane());
      }
    }
  }

  private void spread(float[] data, int from, int to, int count) {
    for (int i = 0; i < count; i++) {
      residual[to + i * OUTPUTS] = data[from + i];
    }
  }

  private void tabulate(Plan plan) {
    int columns = plan.columns();
    offsets = Scratch.grown(offsets, plan.bandRows() * columns);
    for (int t = 0; t < plan.bandRows() * columns; t++) {
      offsets[t] = (t / columns * plan.z.width() + t % columns) * plan.maps.length;
    }
  }

  /** Rows {@code from} to {@code end} of the maps as (row, column, map). */
  private void turn(Plan plan, int from, int end) {
    int count = (end - from) * plan.z.width();
    int n = 0;
    for (; n + OUTPUTS <= plan.maps.length; n += OUTPUTS) {
      turnFour(plan, from, count, n);
    }
    for (; n < plan.maps.length; n++) {
      turnOne(plan, from, count, n);
    }
  }

  private void turnFour(Plan plan, int row, int count, int n) {
    float[] data = plan.z.data();
    int atA = plan.z.index(plan.maps[n], row, 0);
    int atB = plan.z.index(plan.maps[n + 1], row, 0);
    int atC = plan.z.index(plan.maps[n + 2], row, 0);
    int atD = plan.z.index(plan.maps[n + 3], row, 0);
    int maps = plan.maps.length;
    for (int p = 0; p < count; p++) {
      float a = data[atA + p];
      float b = data[atB + p];
      float c = data[atC + p];
      float d = data[atD + p];
      int to = p * maps + n;
      turned[to] = a;
      turned[to + 1] = b;
      turned[to + 2] = c;
      turned[to + 3] = d;
    }
  }

  private void turnOne(Plan plan, int row, int count, int n) {
    float[] data = plan.z.data();
    int at = plan.z.index(plan.maps[n], row, 0);
    int maps = plan.maps.length;
    for (int p = 0; p < count; p++) {
      turned[p * maps + n] = data[at + p];
    }
  }

  private void block(Plan plan, int from, int end, int x, int columns) {
    int channelStep = plan.byChannel ? OUTPUTS : 1;
    int rowStep = plan.byChannel ? 1 : OUTPUTS;
    for (int c = 0; c < plan.channels; c += channelStep) {
      for (int i = 0; i < plan.side; i += rowStep) {
        correlate(plan, from, end, x, columns, c, i, rowStep);
      }
    }
  }

  /**
   * Row q of the maps meets row q − (s − 1) + i of the residual at filter row i; rows beyond the
   * residual are its frame.
   */
  private void correlate(
      Plan plan, int from, int end, int x, int columns, int channel, int row, int rowStep) {
    int margin = plan.side - 1;
    int first = Math.max(from, margin - (Math.min(row + rowStep, plan.side) - 1));
    int last = Math.min(end, plan.r.height() + margin - row);
    if (first >= last) {
      return;
    }
    int residualRow = first - margin + row + OUTPUTS - 1;
    int group = plan.byChannel ? channel : channel * OUTPUTS;
    int to = (channel * plan.sumRows() + row) * plan.run();
    int apart = (plan.byChannel ? plan.sumRows() : 1) * plan.run();
    kernel.run(
        turned,
        ((first - from) * plan.z.width() + x) * plan.maps.length,
        offsets,
        (last - first) * columns,
        residual,
        group * plan.framedPlane() + (residualRow * plan.r.width() + x) * OUTPUTS,
        sums,
        to,
        to + apart,
        to + 2 * apart,
        to + 3 * apart,
        plan.run());
  }

  private void collect(Plan plan, FilterBank out) {
    int side = plan.side;
    for (int c = 0; c < plan.channels; c++) {
      for (int i = 0; i < side; i++) {
        int from = (c * plan.sumRows() + i) * plan.run();
        for (int j = 0; j < side; j++) {
          int to = out.offset(0, plan.first + c) + i * side + j;
          int at = from + (side - 1 - j) * plan.maps.length;
          collectTap(at, plan.maps, out.data(), to, out.offset(1, 0));
        }
      }
    }
  }

  private void collectTap(int from, int[] maps, float[] filters, int to, int apart) {
    for (int n = 0; n < maps.length; n++) {
      filters[to + maps[n] * apart] = sums[from + n];
    }
  }

  /** Sets the planes to zero that the connectivity leaves out. */
  static void clearUnconnected(FilterBank out) {
    if (out.connectivity().isFull()) {
      return;
    }
    int area = out.side() * out.side();
    for (int k = 0; k < out.maps(); k++) {
      for (int c = 0; c < out.channels(); c++) {
        if (!out.connectivity().connects(k, c)) {
          Arrays.fill(out.data(), out.offset(k, c), out.offset(k, c) + area, 0);
        }
      }
    }
  }
}
