package org.deconvnet.describe;

import java.util.Arrays;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.MapWindow;

/**
 * Describes the windows of single activations, one after the other, on the patches that {@link
 * PatchDescriptors} lays over the whole image; each descriptor is what the whole map, zero outside
 * the window, would give. A patch that sees nothing of a window is skipped.
 *
 * <p>Memory is that of the descriptors kept, and for a moment those of one window. Not thread-safe:
 * one an image.
 */
final class WindowDescriptors {
  private final DescriptorOptions options;
  private final double leastShare;
  private final int imageHeight;
  private final int imageWidth;
  private final PatchDescriptors patches;
  private final GridAxis rows;
  private final GridAxis columns;
  private final int dimension;

  private int[] starts = {0};
  private int[] firstRows = {};
  private int[] firstColumns = {};
  private float[] values = {};
  private int count;

  WindowDescriptors(
      DescriptorOptions options, double leastShare, int maps, int imageHeight, int imageWidth) {
    this.options = options;
    this.leastShare = leastShare;
    this.imageHeight = imageHeight;
    this.imageWidth = imageWidth;
    this.patches = new PatchDescriptors(options);
    this.rows = new GridAxis(imageHeight, options);
    this.columns = new GridAxis(imageWidth, options);
    this.dimension = options.dimension(maps);
  }

  /** Describes the window of the next activation. */
  void add(MapWindow window) {
    Checks.equal(
        "window: numbers of a descriptor", dimension, options.dimension(window.frame().maps()));
    int top = (window.frame().height() - imageHeight) / 2 - window.top();
    int left = (window.frame().width() - imageWidth) / 2 - window.left();
    GridAxis seenRows = rows.seeing(-top, window.values().height());
    GridAxis seenColumns = columns.seeing(-left, window.values().width());
    keep(patches.sums(window.values(), seenRows, seenColumns, top, left), seenRows, seenColumns);
    starts = Arrays.copyOf(starts, starts.length + 1);
    starts[starts.length - 1] = count;
  }

  private void keep(float[] sums, GridAxis seenRows, GridAxis seenColumns) {
    double least = leastShare * leastShare * largestSquaredNorm(sums);
    makeRoom(sums.length / dimension);
    int from = 0;
    for (int row : seenRows.starts()) {
      for (int column : seenColumns.starts()) {
        double squares = PatchDescriptors.squaredNorm(sums, from, dimension);
        if (squares > 0 && squares >= least) {
          keep(sums, from, row, column);
        }
        from += dimension;
      }
    }
  }

  private double largestSquaredNorm(float[] sums) {
    double largest = 0;
    for (int from = 0; from < sums.length; from += dimension) {
      largest = Math.max(largest, PatchDescriptors.squaredNorm(sums, from, dimension));
    }
    return largest;
  }

  private void keep(float[] sums, int from, int row, int column) {
    patches.normalise(sums, from, dimension);
    System.arraycopy(sums, from, values, count * dimension, dimension);
    firstRows[count] = row;
    firstColumns[count] = column;
    count++;
  }

  private void makeRoom(int more) {
    if (count + more > firstRows.length) {
      int size = Math.max(count + more, 2 * firstRows.length);
      firstRows = Arrays.copyOf(firstRows, size);
      firstColumns = Arrays.copyOf(firstColumns, size);
      values = Arrays.copyOf(values, Math.multiplyExact(size, dimension));
    }
  }

  /** All windows so far. */
  ActivationDescriptors all() {
    return new ActivationDescriptors(
        imageHeight,
        imageWidth,
        options.patch(),
        starts,
        Arrays.copyOf(firstRows, count),
        Arrays.copyOf(firstColumns, count),
        dimension,
        Arrays.copyOf(values, count * dimension));
  }
}
