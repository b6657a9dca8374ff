package org.deconvnet.describe;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * SIFT-like descriptors of a layer's responses. A patch has cells x cells cells; the entry of
 * channel c and cell (i, j) is
 *
 * <pre>d[c,i,j] = Σ_yx t(y − y_i) · t(x − x_j) · |z[c,y,x]|,   t(a) = max(0, 1 − |a| / s)</pre>
 *
 * <p>where s is the side of a cell in pixels, (y_i, x_j) = ((i + ½) s, (j + ½) s) from the patch's
 * first corner, and y, x are pixel centres. So neighbouring cells overlap by half, and pixels up to
 * s/2 outside the patch contribute where the map has them, including the map's border beyond the
 * image. The descriptor, in the order (channel, cell row, cell column), is then brought to unit
 * Euclidean norm, clipped, and brought to unit norm again; one of zeros stays so.
 *
 * <p>Patches lie wholly inside the image, every {@code step} pixels, and what is left over is split
 * between both ends. Source: Lowe, IJCV 2004, section 6 (cells, clipping); Lazebnik et al., CVPR
 * 2006, section 4 (dense grid); Zeiler et al., ICCV 2011, section 4 (responses in place of
 * gradients). Thread-safe: immutable, scratch lives for one call.
 */
public final class PatchDescriptors {
  private final DescriptorOptions options;

  public PatchDescriptors(DescriptorOptions options) {
    this.options = options;
  }

  /**
   * Describes one image. The maps may be larger than the image by a border, as those of a
   * convolutional layer are, or smaller where filters or windows lie inside the image: entry y +
   * (mapHeight − imageHeight) / 2 (rounded towards zero) belongs to image row y, and likewise for
   * columns. Outside the maps nothing responds.
   *
   * @param responses maps, (channel, imageHeight + border, imageWidth + border)
   * @return (grid row, grid column, channels x cells x cells); empty if the image is smaller than a
   *     patch, so that a thumbnail does not stop a corpus
   * @throws IllegalArgumentException if the maps are smaller than the image by half a patch or more
   *     at each border
   */
  public DescriptorGrid describe(FeatureMaps responses, int imageHeight, int imageWidth) {
    Checks.atLeast("descriptors: image height", 1, imageHeight);
    Checks.atLeast("descriptors: image width", 1, imageWidth);
    int lacking = options.patch() - 1;
    Checks.atLeast(
        "descriptors: map height for this image", imageHeight - lacking, responses.height());
    Checks.atLeast(
        "descriptors: map width for this image", imageWidth - lacking, responses.width());
    GridAxis rows = new GridAxis(imageHeight, options);
    GridAxis columns = new GridAxis(imageWidth, options);
    int dimension = options.dimension(responses.maps());
    int top = (responses.height() - imageHeight) / 2;
    int left = (responses.width() - imageWidth) / 2;
    float[] values = sums(responses, rows, columns, top, left);
    for (int from = 0; from < values.length; from += dimension) {
      normalise(values, from, dimension);
    }
    return new DescriptorGrid(
        imageHeight,
        imageWidth,
        options.patch(),
        rows.starts(),
        columns.starts(),
        dimension,
        values);
  }

  /**
   * The descriptors before they are normalised.
   *
   * @param top map row of image row 0; negative where the maps begin inside the image
   * @param left map column of image column 0, likewise
   * @return (grid row, grid column, dimension)
   */
  float[] sums(FeatureMaps responses, GridAxis rows, GridAxis columns, int top, int left) {
    int perChannel = options.cells() * options.cells();
    int dimension = options.dimension(responses.maps());
    float[] values = new float[rows.patches() * columns.patches() * dimension];
    if (values.length == 0) {
      return values;
    }
    TrianglePooling pooling =
        new TrianglePooling(rows, columns, options.cellSize(), responses.width());
    for (int c = 0; c < responses.maps(); c++) {
      float[] cells = pooling.cells(responses, c, top, left);
      int at = c * perChannel;
      for (int r = 0; r < rows.patches(); r++) {
        for (int q = 0; q < columns.patches(); q++) {
          gather(cells, rows, columns, r, q, values, at);
          at += dimension;
        }
      }
    }
    return values;
  }

  /** Copies the cells of patch (row, column) to {@code values} from {@code at} on. */
  private void gather(
      float[] cells, GridAxis rows, GridAxis columns, int row, int column, float[] values, int at) {
    int next = at;
    for (int i = 0; i < options.cells(); i++) {
      int line = rows.latticeIndex(row, i) * columns.size();
      for (int j = 0; j < options.cells(); j++) {
        values[next++] = cells[line + columns.latticeIndex(column, j)];
      }
    }
  }

  /** Brings one descriptor to unit norm, clips it, and brings it to unit norm again. */
  void normalise(float[] values, int from, int dimension) {
    float clip = (float) options.clip();
    toUnitNorm(values, from, dimension);
    for (int i = from; i < from + dimension; i++) {
      values[i] = Math.min(values[i], clip);
    }
    toUnitNorm(values, from, dimension);
  }

  private static void toUnitNorm(float[] values, int from, int dimension) {
    double squares = squaredNorm(values, from, dimension);
    if (squares > 0) {
      double scale = 1 / Math.sqrt(squares);
      for (int i = from; i < from + dimension; i++) {
        values[i] = (float) (values[i] * scale);
      }
    }
  }

  static double squaredNorm(float[] values, int from, int dimension) {
    double squares = 0;
    for (int i = from; i < from + dimension; i++) {
      squares += (double) values[i] * values[i];
    }
    return squares;
  }
}
