package org.deconvnet.features;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Patch descriptors in the manner of SIFT, with absolute responses of feature maps in place of
 * gradient orientations (Zeiler et al., ICCV 2011, section 4). Each patch has cells × cells cells;
 * a cell's value in a channel is the sum of |z| weighted by a triangle over rows and one over
 * columns, 1 at the cell's centre and 0 one cell away, so that neighbouring cells overlap and reach
 * past the patch. The vector (channel, cell row, cell column) is scaled to unit norm, clipped, and
 * scaled to unit norm again; an all-zero one stays zero.
 *
 * <p>Only patches wholly inside the image count, and the grid is centred; an image smaller than a
 * patch has none. Immutable and thread-safe.
 */
public final class PatchDescriptors {
  private final DescriptorOptions options;

  public PatchDescriptors(DescriptorOptions options) {
    this.options = options;
  }

  /**
   * @param responses maps (K, H+m, W+m) around an image of H x W: entry (y + m/2, x + m/2) belongs
   *     to pixel (y, x)
   */
  public DescriptorGrid describe(FeatureMaps responses, int imageHeight, int imageWidth) {
    int marginRows = responses.height() - imageHeight;
    int marginColumns = responses.width() - imageWidth;
    Checks.atLeast("responses: rows more than the image's", 0, marginRows);
    Checks.atLeast("responses: columns more than the image's", 0, marginColumns);
    int[] rows = positions(imageHeight);
    int[] columns = positions(imageWidth);
    int cells = options.cells();
    int dimension = responses.maps() * cells * cells;
    float[] values = new float[rows.length * columns.length * dimension];
    int[][] cellRows = cellStarts(rows, marginRows / 2);
    int[][] cellColumns = cellStarts(columns, marginColumns / 2);
    // Cells of neighbouring patches often coincide: each distinct line of cells is summed once.
    Lines rowLines = Lines.of(cellRows);
    Lines columnLines = Lines.of(cellColumns);
    float[] triangle = triangle(options.cellSide());
    float[] absolute = new float[responses.shape().plane()];
    float[] byRow = new float[rowLines.distinct.length * responses.width()];
    float[] byCell = new float[rowLines.distinct.length * columnLines.distinct.length];
    for (int k = 0; k < responses.maps(); k++) {
      absolute(responses, k, absolute);
      sumRows(absolute, responses, rowLines.distinct, triangle, byRow);
      sumColumns(byRow, responses.width(), columnLines.distinct, triangle, byCell);
      scatter(byCell, rowLines, columnLines, k, dimension, values);
    }
    for (int d = 0; d < rows.length * columns.length; d++) {
      normalise(values, d * dimension, dimension);
    }
    return new DescriptorGrid(
        imageHeight, imageWidth, options.patch(), rows, columns, dimension, values);
  }

  private int[] positions(int imageSide) {
    int room = imageSide - options.patch();
    if (room < 0) {
      return new int[0];
    }
    int count = room / options.step() + 1;
    int first = (room - (count - 1) * options.step()) / 2;
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = first + i * options.step();
    }
    return positions;
  }

  /** For each patch and cell, where the cell begins in the maps. */
  private int[][] cellStarts(int[] positions, int margin) {
    int[][] starts = new int[positions.length][options.cells()];
    for (int i = 0; i < positions.length; i++) {
      for (int c = 0; c < options.cells(); c++) {
        starts[i][c] = positions[i] + margin + c * options.cellSide();
      }
    }
    return starts;
  }

  /** Which distinct line of cells each patch's cell is. */
  private record Lines(int[] distinct, int[][] number) {
    static Lines of(int[][] starts) {
      int[] distinct =
          java.util.Arrays.stream(starts)
              .flatMapToInt(java.util.Arrays::stream)
              .distinct()
              .sorted()
              .toArray();
      int[][] number = new int[starts.length][];
      for (int i = 0; i < starts.length; i++) {
        number[i] =
            java.util.Arrays.stream(starts[i])
                .map(start -> java.util.Arrays.binarySearch(distinct, start))
                .toArray();
      }
      return new Lines(distinct, number);
    }
  }

  /** Weights of the pixels from one cell side before a cell's start to one after its end. */
  static float[] triangle(int side) {
    // The centre of a cell that starts at 0 lies at (side − 1)/2 in pixel centres.
    int reach = side;
    float[] weights = new float[3 * side];
    for (int i = 0; i < weights.length; i++) {
      double distance = Math.abs(i - reach - (side - 1) / 2.0);
      weights[i] = (float) Math.max(0, 1 - distance / side);
    }
    return weights;
  }

  private static void absolute(FeatureMaps responses, int map, float[] out) {
    int from = map * out.length;
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.abs(responses.data()[from + i]);
    }
  }

  private static void sumRows(
      float[] plane, FeatureMaps shape, int[] starts, float[] triangle, float[] out) {
    int width = shape.width();
    int side = triangle.length / 3;
    java.util.Arrays.fill(out, 0);
    for (int line = 0; line < starts.length; line++) {
      for (int t = 0; t < triangle.length; t++) {
        int y = starts[line] - side + t;
        if (y >= 0 && y < shape.height() && triangle[t] > 0) {
          addScaled(out, line * width, triangle[t], plane, y * width, width);
        }
      }
    }
  }

  private static void addScaled(
      float[] out, int to, float factor, float[] in, int from, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] += factor * in[from + i];
    }
  }

  private static void sumColumns(
      float[] byRow, int width, int[] starts, float[] triangle, float[] out) {
    int side = triangle.length / 3;
    int lines = byRow.length / width;
    for (int line = 0; line < lines; line++) {
      for (int c = 0; c < starts.length; c++) {
        float sum = 0;
        int first = starts[c] - side;
        for (int t = Math.max(0, -first); t < triangle.length && first + t < width; t++) {
          sum += triangle[t] * byRow[line * width + first + t];
        }
        out[line * starts.length + c] = sum;
      }
    }
  }

  private void scatter(
      float[] byCell, Lines rows, Lines columns, int map, int dimension, float[] values) {
    int cells = options.cells();
    int descriptor = 0;
    for (int[] cellRows : rows.number) {
      for (int[] cellColumns : columns.number) {
        int to = descriptor++ * dimension + map * cells * cells;
        for (int row : cellRows) {
          for (int column : cellColumns) {
            values[to++] = byCell[row * columns.distinct.length + column];
          }
        }
      }
    }
  }

  private void normalise(float[] values, int from, int count) {
    if (scaleToUnit(values, from, count)) {
      for (int i = from; i < from + count; i++) {
        values[i] = Math.min(values[i], (float) options.clip());
      }
      scaleToUnit(values, from, count);
    }
  }

  private static boolean scaleToUnit(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += (double) values[i] * values[i];
    }
    if (sum == 0) {
      return false;
    }
    float scale = (float) (1 / Math.sqrt(sum));
    for (int i = from; i < from + count; i++) {
      values[i] *= scale;
    }
    return true;
  }
}
