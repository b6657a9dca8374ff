package org.deconvnet.simd;

import org.deconvnet.engine.Entries;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The three operations for maps of which only some entries matter: block by block of the filters'
 * vectors, position by position. Scratch: the padded image, and a gradient in the filters' order.
 * Not thread-safe.
 */
final class EntryOperations {
  /**
   * Positions are visited in as many runs side by side, since neighbours overlap, and a load that
   * meets a store still on its way has to wait for it.
   */
  private static final int STREAMS = 4;

  private float[] padded = {};
  private float[] gradient = {};
  private int[] places = {};

  /** Of the entries in their order: values, or lanes yet to be summed. */
  private float[] numbers = {};

  private float[] partial = {};

  void synthesize(PackedFilters pack, Entries entries, float[] values, FeatureMaps out) {
    EntryLayout layout = pack.layout(out.shape());
    float[] filters = pack.interleaved(layout);
    padded = Scratch.zeros(padded, layout.length());
    place(layout, entries);
    order(entries, values);
    int stream = (entries.groups() + STREAMS - 1) / STREAMS;
    for (int b = 0; b < layout.blocks(); b++) {
      for (int i = 0; i < stream; i++) {
        for (int g = i; g < entries.groups(); g += stream) {
          EntryKernel.add(
              padded,
              layout.corner(entries.row(g), entries.column(g)),
              layout.offsets(),
              b * EntryKernel.BLOCK,
              filters,
              b * layout.blockLength(),
              places,
              numbers,
              entries.start(g),
              entries.start(g + 1));
        }
      }
    }
    separateChannels(layout, out);
  }

  void adjoint(PackedFilters pack, FeatureMaps r, Entries entries, float[] out) {
    EntryLayout layout = pack.layout(r.shape());
    float[] filters = pack.interleaved(layout);
    interleaveChannels(layout, r);
    place(layout, entries);
    partial = Scratch.zeros(partial, entries.size() * EntryKernel.LANES);
    for (int b = 0; b < layout.blocks(); b++) {
      for (int g = 0; g < entries.groups(); g++) {
        EntryKernel.dot(
            padded,
            layout.corner(entries.row(g), entries.column(g)),
            layout.offsets(),
            b * EntryKernel.BLOCK,
            filters,
            b * layout.blockLength(),
            places,
            partial,
            entries.start(g),
            entries.start(g + 1));
      }
    }
    numbers = Scratch.grown(numbers, entries.size());
    EntryKernel.sumLanes(partial, entries.size(), numbers);
    int[] source = entries.source();
    for (int e = 0; e < entries.size(); e++) {
      out[source[e]] = numbers[e];
    }
  }

  void filterGradient(
      EntryLayout layout, Entries entries, float[] values, FeatureMaps r, FilterBank out) {
    interleaveChannels(layout, r);
    gradient = Scratch.zeros(gradient, layout.blocks() * layout.blockLength());
    place(layout, entries);
    order(entries, values);
    for (int b = 0; b < layout.blocks(); b++) {
      for (int g = 0; g < entries.groups(); g++) {
        EntryKernel.correlate(
            padded,
            layout.corner(entries.row(g), entries.column(g)),
            layout.offsets(),
            b * EntryKernel.BLOCK,
            gradient,
            b * layout.blockLength(),
            places,
            numbers,
            entries.start(g),
            entries.start(g + 1));
      }
    }
    collect(layout, out);
  }

  private void place(EntryLayout layout, Entries entries) {
    places = Scratch.grown(places, entries.size());
    int[] map = entries.map();
    int[] shift = entries.shift();
    for (int e = 0; e < entries.size(); e++) {
      places[e] = layout.place(map[e], shift[e]);
    }
  }

  private void order(Entries entries, float[] values) {
    numbers = Scratch.grown(numbers, entries.size());
    int[] source = entries.source();
    for (int e = 0; e < entries.size(); e++) {
      numbers[e] = values[source[e]];
    }
  }

  private void collect(EntryLayout layout, FilterBank out) {
    int apart = layout.place(1, 0) - layout.place(0, 0);
    for (int c = 0; c < out.channels(); c++) {
      for (int i = 0; i < out.side(); i++) {
        for (int j = 0; j < out.side(); j++) {
          int at = layout.filterIndex(0, c, i, j);
          int to = out.offset(0, c) + i * out.side() + j;
          collectTap(at, layout.copyIndex(at), apart, out.data(), to, out.offset(1, 0), out.maps());
        }
      }
    }
    FilterCorrelation.clearUnconnected(out);
  }

  /** One number of every map; if it has a copy in the next block, it was summed in both places. */
  private void collectTap(
      int at, int copy, int apart, float[] filters, int to, int filterApart, int maps) {
    for (int k = 0; k < maps; k++) {
      filters[to + k * filterApart] = gradient[at + k * apart];
    }
    for (int k = 0; k < maps && copy >= 0; k++) {
      filters[to + k * filterApart] += gradient[copy + k * apart];
    }
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

  private void interleaveChannels(EntryLayout layout, FeatureMaps r) {
    padded = Scratch.zeros(padded, layout.length());
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
}
