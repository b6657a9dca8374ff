package org.deconvnet.simd;

import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * How an image and filters lie in memory while single entries of maps are added or read.
 *
 * <p>The image is padded by side − 1 on every edge, channels fastest: a filter row is then one run
 * over columns and channels, and a filter is a list of vectors at fixed offsets from its corner, in
 * blocks of {@link EntryKernel#BLOCK}. Filter rows are filled up to whole vectors with zeros; as
 * many whole columns as the zeros hold, a filter can be moved within its vectors.
 *
 * <p>Filters lie as (block, map, vector, lane). Each map's block begins with a copy of the vector
 * before it, which a moved filter reaches into. Immutable.
 */
final class EntryLayout {
  private static final int LANES = TapKernel.LANES;

  /** Vectors from one map's block to the next one's. */
  private static final int VECTORS = EntryKernel.BLOCK + 1;

  private final Shape image;
  private final int maps;
  private final int channels;
  private final int margin;
  private final int stride;
  private final int height;
  private final int rowLength;
  private final int[] offsets;

  EntryLayout(FilterBank f, Shape image) {
    this.image = image;
    maps = f.maps();
    channels = f.channels();
    margin = f.side() - 1;
    height = image.height() + 2 * margin;
    rowLength = rowLength(f);
    // A block's vectors may not overlap, so rows are at least as far apart as a run is long.
    stride = Math.max((image.width() + 2 * margin + span(f) - 1) * channels, rowLength);
    int vectors = rowLength / LANES;
    int count = f.side() * vectors;
    int blocks = (count + EntryKernel.BLOCK - 1) / EntryKernel.BLOCK;
    offsets = new int[blocks * EntryKernel.BLOCK];
    for (int v = 0; v < offsets.length; v++) {
      // Those past the filter's last row meet zeros of the filter, in the rows below.
      offsets[v] = v / vectors * stride + v % vectors * LANES;
    }
  }

  /** Whether it is the layout of a bank of these sizes over such an image. */
  boolean fits(FilterBank f, Shape image) {
    return maps == f.maps()
        && channels == f.channels()
        && margin == f.side() - 1
        && this.image.equals(image);
  }

  private static int rowLength(FilterBank f) {
    return TapKernel.roundUp(f.side() * f.channels());
  }

  /** Columns that the same vectors serve: one, and those that a filter can be moved by. */
  static int span(FilterBank f) {
    return 1 + (rowLength(f) - f.side() * f.channels()) / f.channels();
  }

  /** Vectors that an entry's filter holds. */
  static int vectors(FilterBank f) {
    return f.side() * rowLength(f) / LANES;
  }

  /** Numbers in the padded image, with room for what the last block reaches below it. */
  int length() {
    int rowsBelow = offsets[offsets.length - 1] / stride + 1;
    return (height + rowsBelow) * stride + rowLength;
  }

  /** Where each vector of a filter lies, from the corner. */
  int[] offsets() {
    return offsets;
  }

  int blocks() {
    return offsets.length / EntryKernel.BLOCK;
  }

  /** Numbers in one block of all filters. */
  int blockLength() {
    return maps * VECTORS * LANES;
  }

  /** Where the filter of a map begins in a block, moved by some columns. */
  int place(int map, int shift) {
    return (map * VECTORS + 1) * LANES - shift * channels;
  }

  /** Where a number of a filter lies. */
  int filterIndex(int map, int channel, int row, int column) {
    int number = row * rowLength + column * channels + channel;
    int block = number / (EntryKernel.BLOCK * LANES);
    return block * blockLength() + place(map, 0) + number % (EntryKernel.BLOCK * LANES);
  }

  /** Where the copy of that number lies in the next block, or −1 if it has none. */
  int copyIndex(int filterIndex) {
    int inMap = filterIndex % blockLength() % (VECTORS * LANES);
    int copy = filterIndex + blockLength() - EntryKernel.BLOCK * LANES;
    return inMap >= EntryKernel.BLOCK * LANES && copy < blocks() * blockLength() ? copy : -1;
  }

  /** The corner that a group at (row, column) of the maps reaches from. */
  int corner(int row, int column) {
    return row * stride + column * channels;
  }

  /** Where an image's pixel row begins. */
  int pixelRow(int row) {
    return (row + margin) * stride + margin * channels;
  }
}
