package org.deconvnet.simd;

import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * How an image lies in memory while single entries of its maps are added or read: padded by side −
 * 1 on every edge, channels fastest. A filter row is then one contiguous run over columns and
 * channels, and a filter is a list of vectors at fixed offsets from its corner. Immutable.
 */
final class EntryLayout {
  private final int channels;
  private final int margin;
  private final int stride;
  private final int height;
  private final int rowLength;
  private final int[] offsets;

  EntryLayout(FilterBank f, Shape image) {
    channels = f.channels();
    margin = f.side() - 1;
    stride = (image.width() + 2 * margin) * channels;
    height = image.height() + 2 * margin;
    int lanes = EntryKernel.LANES;
    int vectors = (f.side() * channels + lanes - 1) / lanes;
    rowLength = vectors * lanes;
    int count = f.side() * vectors;
    offsets = new int[count + count % 2];
    for (int i = 0; i < f.side(); i++) {
      for (int v = 0; v < vectors; v++) {
        offsets[i * vectors + v] = i * stride + v * lanes;
      }
    }
    // An odd last vector is paired with one of zeros, at an offset that is always in range.
  }

  /** Numbers in the padded image, with room for the last run's end. */
  int length() {
    return height * stride + rowLength;
  }

  /** Numbers in a filter row, filled up to whole vectors. */
  int rowLength() {
    return rowLength;
  }

  int filterLength() {
    return offsets.length * EntryKernel.LANES;
  }

  /** Where each vector of a filter lies, from the corner. */
  int[] offsets() {
    return offsets;
  }

  /** The corner that an entry at (row, column) of a map reaches from. */
  int corner(int row, int column) {
    return row * stride + column * channels;
  }

  /** Where an image's pixel row begins. */
  int pixelRow(int row) {
    return (row + margin) * stride + margin * channels;
  }
}
