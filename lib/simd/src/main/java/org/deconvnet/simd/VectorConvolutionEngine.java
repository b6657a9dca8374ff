package org.deconvnet.simd;

import java.util.Arrays;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * Convolution on the Vector API, in the preferred width of the machine.
 *
 * <p>Everything is laid out so that a filter tap is one offset in a flat array: planes keep the row
 * stride of the wider operand, positions beyond a row's end are computed and thrown away, and so a
 * whole plane is one run for {@link TapKernel}. Taps are repacked four outputs at a time. Results
 * differ from the scalar engine by single-precision rounding only.
 *
 * <p>Scratch memory grows to the largest operands seen and stays: about one padded copy of the
 * image-side operand, the filters, and four planes. Not thread-safe.
 */
public final class VectorConvolutionEngine implements ConvolutionEngine {
  private static final int OUTPUTS = PackedFilters.OUTPUTS;
  private static final int KEPT = 8;

  /**
   * Positions computed for each pixel beyond which the border's share makes {@link PixelAdjoint}
   * faster.
   */
  private static final double WORTH_PIXELS = 1.6;

  private static final int LANES = TapKernel.LANES;

  private final PackedFilters[] packs = new PackedFilters[KEPT];
  private int nextPack;
  private final PixelAdjoint adjoint = new PixelAdjoint();
  private float[] padded = {};
  private float[] planes = {};
  private int[] offsets = {};
  private final float[] sums = new float[OUTPUTS * OUTPUTS];

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public void synthesize(FilterBank f, FeatureMaps z, FeatureMaps out) {
    Checks.sameShape("synthesize: image", f.imageShape(z.shape()), out.shape());
    // A copy, because runs may read a vector beyond the last plane.
    padded = grown(padded, z.data().length + LANES);
    System.arraycopy(z.data(), 0, padded, 0, z.data().length);
    if (f.channels() < OUTPUTS) {
      synthesizeRows(f, z, out);
    } else {
      synthesizeChannels(f, z, out);
    }
  }

  /** Four channels at once, whole planes as one run. */
  private void synthesizeChannels(FilterBank f, FeatureMaps z, FeatureMaps out) {
    PackedFilters pack = pack(f);
    int taps = pack.channelTaps();
    offsets = grown(offsets, taps);
    synthesisOffsets(f, z);
    int run = atLeastOneVector((out.height() - 1) * z.width() + out.width());
    planes = grown(planes, OUTPUTS * run);
    padded = grownKeeping(padded, z.data().length + LANES);
    for (int c = 0; c < f.channels(); c += OUTPUTS) {
      TapKernel.run(padded, 0, offsets, taps, pack.byChannel(), c * taps, planes, 0, run, run);
      for (int m = 0; m < OUTPUTS && c + m < f.channels(); m++) {
        copyRows(planes, m * run, z.width(), out, c + m);
      }
    }
  }

  private void synthesisOffsets(FilterBank f, FeatureMaps z) {
    int last = f.side() - 1;
    int t = 0;
    for (int k = 0; k < f.maps(); k++) {
      for (int i = 0; i <= last; i++) {
        for (int j = 0; j <= last; j++) {
          offsets[t++] = z.index(k, last - i, last - j);
        }
      }
    }
  }

  /**
   * Few channels: four rows of one channel are the four outputs. An input row serves all four, each
   * with another row of the filter; taps outside the filter have weight 0.
   */
  private void synthesizeRows(FilterBank f, FeatureMaps z, FeatureMaps out) {
    PackedFilters pack = pack(f);
    int taps = pack.rowTaps();
    offsets = grown(offsets, taps);
    int run = atLeastOneVector(out.width());
    planes = grown(planes, OUTPUTS * run);
    // The last group of rows may reach below the image, and a run beyond a row's end.
    padded = grownKeeping(padded, z.data().length + OUTPUTS * z.width() + LANES);
    rowOffsets(f, z, pack.tapRows());
    for (int c = 0; c < f.channels(); c++) {
      for (int y = 0; y < out.height(); y += OUTPUTS) {
        TapKernel.run(
            padded,
            y * z.width(),
            offsets,
            taps,
            pack.byRow(),
            c * taps * OUTPUTS,
            planes,
            0,
            run,
            run);
        for (int m = 0; m < OUTPUTS && y + m < out.height(); m++) {
          System.arraycopy(planes, m * run, out.data(), out.index(c, y + m, 0), out.width());
        }
      }
    }
  }

  private void rowOffsets(FilterBank f, FeatureMaps z, int tapRows) {
    int last = f.side() - 1;
    int t = 0;
    for (int k = 0; k < f.maps(); k++) {
      for (int row = 0; row < tapRows; row++) {
        for (int j = 0; j <= last; j++) {
          offsets[t++] = z.index(k, 0, 0) + row * z.width() + last - j;
        }
      }
    }
  }

  @Override
  public void adjoint(FilterBank f, FeatureMaps r, FeatureMaps out) {
    Checks.sameShape("adjoint: maps", f.mapShape(r.shape()), out.shape());
    int margin = f.side() - 1;
    int stride = r.width() + 2 * margin;
    int plane = (r.height() + 2 * margin) * stride;
    double computed = (double) (r.height() + margin) * stride / r.shape().plane();
    if (computed > WORTH_PIXELS && f.maps() >= LANES) {
      adjoint.run(pack(f), r, out);
      return;
    }
    pad(r, margin, stride, plane);
    PackedFilters pack = pack(f);
    int taps = pack.mapTaps();
    offsets = grown(offsets, taps);
    adjointOffsets(f, stride, plane);
    int run = atLeastOneVector((out.height() - 1) * stride + out.width());
    planes = grown(planes, OUTPUTS * run);
    for (int k = 0; k < f.maps(); k += OUTPUTS) {
      TapKernel.run(padded, 0, offsets, taps, pack.byMap(), k * taps, planes, 0, run, run);
      for (int m = 0; m < OUTPUTS && k + m < f.maps(); m++) {
        copyRows(planes, m * run, stride, out, k + m);
      }
    }
  }

  private void pad(FeatureMaps r, int margin, int stride, int plane) {
    int length = r.maps() * plane + LANES;
    padded = grown(padded, length);
    Arrays.fill(padded, 0, length, 0);
    for (int c = 0; c < r.maps(); c++) {
      for (int y = 0; y < r.height(); y++) {
        System.arraycopy(
            r.data(),
            r.index(c, y, 0),
            padded,
            c * plane + (y + margin) * stride + margin,
            r.width());
      }
    }
  }

  private void adjointOffsets(FilterBank f, int stride, int plane) {
    int t = 0;
    for (int c = 0; c < f.channels(); c++) {
      for (int i = 0; i < f.side(); i++) {
        for (int j = 0; j < f.side(); j++) {
          offsets[t++] = c * plane + i * stride + j;
        }
      }
    }
  }

  @Override
  public void filterGradient(FeatureMaps z, FeatureMaps r, FilterBank out) {
    Checks.sameShape("filterGradient: maps", out.mapShape(r.shape()), z.shape());
    int plane = roundUp((r.height() - 1) * z.width() + r.width());
    layOutResidual(r, z.width(), plane);
    int from = roundUpChannels(r.maps()) * plane;
    // The maps follow the residual in the same scratch, with room for a run's end.
    padded = grownKeeping(padded, from + z.data().length + plane + LANES);
    System.arraycopy(z.data(), 0, padded, from, z.data().length);
    int end = from + z.data().length;
    Arrays.fill(padded, end, end + LANES, 0);
    for (int k = 0; k < out.maps(); k++) {
      for (int c = 0; c < out.channels(); c += OUTPUTS) {
        correlate(z, out, k, c, plane, from);
      }
    }
    clearUnconnected(out);
  }

  /** The residual with the maps' row stride; zeros elsewhere, so overlong runs add nothing. */
  private void layOutResidual(FeatureMaps r, int stride, int plane) {
    int length = roundUpChannels(r.maps()) * plane;
    padded = grown(padded, length);
    Arrays.fill(padded, 0, length, 0);
    for (int c = 0; c < r.maps(); c++) {
      for (int y = 0; y < r.height(); y++) {
        System.arraycopy(r.data(), r.index(c, y, 0), padded, c * plane + y * stride, r.width());
      }
    }
  }

  /** Four channels by four taps at a time for one map. */
  private void correlate(FeatureMaps z, FilterBank out, int map, int channel, int plane, int from) {
    int side = out.side();
    int area = side * side;
    int x = channel * plane;
    for (int tap = 0; tap < area; tap += OUTPUTS) {
      TapKernel.products(
          padded,
          x,
          x + plane,
          x + 2 * plane,
          x + 3 * plane,
          padded,
          from + shift(z, map, Math.min(tap, area - 1), side),
          from + shift(z, map, Math.min(tap + 1, area - 1), side),
          from + shift(z, map, Math.min(tap + 2, area - 1), side),
          from + shift(z, map, Math.min(tap + 3, area - 1), side),
          plane,
          sums);
      for (int m = 0; m < OUTPUTS && channel + m < out.channels(); m++) {
        for (int n = 0; n < OUTPUTS && tap + n < area; n++) {
          out.data()[out.offset(map, channel + m) + tap + n] = sums[m * OUTPUTS + n];
        }
      }
    }
  }

  /** Where the maps start that filter tap (i, j) multiplies. */
  private static int shift(FeatureMaps z, int map, int tap, int side) {
    return z.index(map, side - 1 - tap / side, side - 1 - tap % side);
  }

  private static void clearUnconnected(FilterBank out) {
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

  @Override
  public void synthesizeEntries(
      FilterBank f, Shape maps, int[] index, float[] values, FeatureMaps out) {
    Checks.sameShape("synthesizeEntries: image", f.imageShape(maps), out.shape());
    Checks.equal("synthesizeEntries: values", index.length, values.length);
    PackedFilters pack = pack(f);
    EntryLayout layout = pack.layout(out.shape());
    float[] filter = pack.interleaved(layout);
    padded = grown(padded, layout.length());
    Arrays.fill(padded, 0, layout.length(), 0);
    int plane = maps.plane();
    for (int e = 0; e < index.length; e++) {
      if (values[e] != 0) {
        int map = index[e] / plane;
        int at = index[e] - map * plane;
        int row = at / maps.width();
        EntryKernel.add(
            padded,
            layout.corner(row, at - row * maps.width()),
            layout.offsets(),
            filter,
            map * layout.filterLength(),
            values[e]);
      }
    }
    separateChannels(layout, out);
  }

  private void separateChannels(EntryLayout layout, FeatureMaps out) {
    int channels = out.maps();
    for (int y = 0; y < out.height(); y++) {
      int from = layout.pixelRow(y);
      for (int c = 0; c < channels; c++) {
        int to = out.index(c, y, 0);
        for (int x = 0; x < out.width(); x++) {
          out.data()[to + x] = padded[from + x * channels + c];
        }
      }
    }
  }

  @Override
  public void adjointEntries(FilterBank f, FeatureMaps r, int[] index, float[] out) {
    Checks.equal("adjointEntries: numbers", index.length, out.length);
    Shape maps = f.mapShape(r.shape());
    PackedFilters pack = pack(f);
    EntryLayout layout = pack.layout(r.shape());
    float[] filter = pack.interleaved(layout);
    padded = grown(padded, layout.length());
    Arrays.fill(padded, 0, layout.length(), 0);
    interleaveChannels(r, layout);
    int plane = maps.plane();
    for (int e = 0; e < index.length; e++) {
      int map = index[e] / plane;
      int at = index[e] - map * plane;
      int row = at / maps.width();
      out[e] =
          EntryKernel.dot(
              padded,
              layout.corner(row, at - row * maps.width()),
              layout.offsets(),
              filter,
              map * layout.filterLength());
    }
  }

  private void interleaveChannels(FeatureMaps r, EntryLayout layout) {
    int channels = r.maps();
    for (int y = 0; y < r.height(); y++) {
      int to = layout.pixelRow(y);
      for (int c = 0; c < channels; c++) {
        int from = r.index(c, y, 0);
        for (int x = 0; x < r.width(); x++) {
          padded[to + x * channels + c] = r.data()[from + x];
        }
      }
    }
  }

  @Override
  public void strongest(
      float[] best, float[] lines, float line, float[] data, int from, int count) {
    EntryKernel.strongest(best, lines, line, data, from, count);
  }

  /** The packed form of a bank that was met lately, or a new one in the oldest one's place. */
  private PackedFilters pack(FilterBank f) {
    for (PackedFilters pack : packs) {
      if (pack != null && pack.source() == f) {
        return pack;
      }
    }
    PackedFilters made = new PackedFilters(f);
    packs[nextPack] = made;
    nextPack = (nextPack + 1) % KEPT;
    return made;
  }

  private static void copyRows(float[] planes, int from, int stride, FeatureMaps out, int map) {
    for (int y = 0; y < out.height(); y++) {
      System.arraycopy(planes, from + y * stride, out.data(), out.index(map, y, 0), out.width());
    }
  }

  private static int atLeastOneVector(int length) {
    return Math.max(length, LANES);
  }

  private static int roundUp(int length) {
    return (length + LANES - 1) / LANES * LANES;
  }

  private static int roundUpChannels(int channels) {
    return (channels + OUTPUTS - 1) / OUTPUTS * OUTPUTS;
  }

  private static float[] grown(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }

  private static float[] grownKeeping(float[] array, int length) {
    return array.length >= length ? array : Arrays.copyOf(array, length);
  }

  private static int[] grown(int[] array, int length) {
    return array.length >= length ? array : new int[length];
  }
}
