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
  private static final int KEPT = 8;

  /**
   * Positions computed for each pixel beyond which the border's share makes {@link PixelAdjoint}
   * faster.
   */
  private static final double WORTH_PIXELS = Double.parseDouble(System.getProperty("wp", "1.6"));

  private final PackedFilters[] packs = new PackedFilters[KEPT];
  private int nextPack;
  private final SpreadSynthesis spreadSynthesis = new SpreadSynthesis();
  private final ChannelSynthesis channelSynthesis = new ChannelSynthesis();
  private final PlaneAdjoint planeAdjoint = new PlaneAdjoint();
  private final PixelAdjoint pixelAdjoint = new PixelAdjoint();
  private final FilterCorrelation correlation = new FilterCorrelation();
  private float[] padded = {};

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public void synthesize(FilterBank f, FeatureMaps z, FeatureMaps out) {
    Checks.sameShape("synthesize: image", f.imageShape(z.shape()), out.shape());
    if (SpreadSynthesis.useful(f, out) > ChannelSynthesis.useful(f, out)) {
      spreadSynthesis.run(pack(f), z, out);
    } else {
      channelSynthesis.run(pack(f), z, out);
    }
  }

  @Override
  public void adjoint(FilterBank f, FeatureMaps r, FeatureMaps out) {
    Checks.sameShape("adjoint: maps", f.mapShape(r.shape()), out.shape());
    if (PixelAdjoint.useful(f, r) > WORTH_PIXELS * PlaneAdjoint.useful(f, r)) {
      pixelAdjoint.run(pack(f), r, out);
    } else {
      planeAdjoint.run(pack(f), r, out);
    }
  }

  @Override
  public void filterGradient(FeatureMaps z, FeatureMaps r, FilterBank out) {
    Checks.sameShape("filterGradient: maps", out.mapShape(r.shape()), z.shape());
    correlation.run(z, r, out);
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

  private static float[] grown(float[] array, int length) {
    return Scratch.grown(array, length);
  }
}
