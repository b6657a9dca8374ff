package org.deconvnet.simd;

import java.util.Arrays;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

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
  private static final int OUTPUTS = 4;
  private static final int LANES = TapKernel.LANES;

  private float[] padded = {};
  private float[] weights = {};
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
    int taps = f.maps() * f.side() * f.side();
    offsets = grown(offsets, taps);
    weights = grown(weights, taps * OUTPUTS);
    synthesisOffsets(f, z);
    int run = atLeastOneVector((out.height() - 1) * z.width() + out.width());
    planes = grown(planes, OUTPUTS * run);
    padded = grownKeeping(padded, z.data().length + LANES);
    for (int c = 0; c < f.channels(); c += OUTPUTS) {
      packChannels(f, c);
      TapKernel.run(padded, 0, offsets, taps, weights, 0, planes, 0, run, run);
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

  private void packChannels(FilterBank f, int channel) {
    int area = f.side() * f.side();
    for (int m = 0; m < OUTPUTS; m++) {
      int c = channel + m;
      for (int k = 0; k < f.maps(); k++) {
        boolean used = c < f.channels() && f.connectivity().connects(k, c);
        int from = used ? f.offset(k, c) : 0;
        for (int i = 0; i < area; i++) {
          weights[(k * area + i) * OUTPUTS + m] = used ? f.data()[from + i] : 0;
        }
      }
    }
  }

  /**
   * Few channels: four rows of one channel are the four outputs. An input row serves all four, each
   * with another row of the filter; taps outside the filter have weight 0.
   */
  private void synthesizeRows(FilterBank f, FeatureMaps z, FeatureMaps out) {
    int tapRows = f.side() + OUTPUTS - 1;
    int taps = f.maps() * tapRows * f.side();
    offsets = grown(offsets, taps);
    weights = grown(weights, taps * OUTPUTS);
    int run = atLeastOneVector(out.width());
    planes = grown(planes, OUTPUTS * run);
    // The last group of rows may reach below the image, and a run beyond a row's end.
    padded = grownKeeping(padded, z.data().length + OUTPUTS * z.width() + LANES);
    rowOffsets(f, z, tapRows);
    for (int c = 0; c < f.channels(); c++) {
      packRows(f, c, tapRows);
      for (int y = 0; y < out.height(); y += OUTPUTS) {
        TapKernel.run(padded, y * z.width(), offsets, taps, weights, 0, planes, 0, run, run);
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

  private void packRows(FilterBank f, int channel, int tapRows) {
    int side = f.side();
    int t = 0;
    for (int k = 0; k < f.maps(); k++) {
      boolean used = f.connectivity().connects(k, channel);
      for (int row = 0; row < tapRows; row++) {
        for (int j = 0; j < side; j++) {
          for (int m = 0; m < OUTPUTS; m++) {
            // Output row m meets input row `row` at filter row side − 1 − (row − m).
            int i = side - 1 - row + m;
            weights[t++] = used && i >= 0 && i < side ? f.get(k, channel, i, j) : 0;
          }
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
    pad(r, margin, stride, plane);
    int taps = f.channels() * f.side() * f.side();
    offsets = grown(offsets, taps);
    weights = grown(weights, taps * OUTPUTS);
    adjointOffsets(f, stride, plane);
    int run = atLeastOneVector((out.height() - 1) * stride + out.width());
    planes = grown(planes, OUTPUTS * run);
    for (int k = 0; k < f.maps(); k += OUTPUTS) {
      packMaps(f, k);
      TapKernel.run(padded, 0, offsets, taps, weights, 0, planes, 0, run, run);
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

  private void packMaps(FilterBank f, int map) {
    int area = f.side() * f.side();
    for (int m = 0; m < OUTPUTS; m++) {
      int k = map + m;
      for (int c = 0; c < f.channels(); c++) {
        boolean used = k < f.maps() && f.connectivity().connects(k, c);
        int from = used ? f.offset(k, c) : 0;
        for (int i = 0; i < area; i++) {
          weights[(c * area + i) * OUTPUTS + m] = used ? f.data()[from + i] : 0;
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
