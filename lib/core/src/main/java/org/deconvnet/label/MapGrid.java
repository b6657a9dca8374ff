package org.deconvnet.label;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Maps of any size, averaged over the cells of a grid that is laid over their image: cell (i, j)
 * holds {@code stride · stride} pixels from row {@code i · stride} and column {@code j · stride}
 * on; cells at the end may hold fewer. So maps of several layers meet on grids that fit each other,
 * however the layers pool. Immutable and thread-safe.
 *
 * @param height rows of the image
 * @param width columns of the image
 * @param stride pixels of a cell, down and across, from 1
 * @param absolute true: |z| is averaged; false: the positive part of each map, and behind all of
 *     them the negative parts
 */
public record MapGrid(int height, int width, int stride, boolean absolute) {
  /** Cells, (rows, columns), as the shape of one map. */
  public static Shape cells(int height, int width, int stride) {
    return new Shape(1, (height + stride - 1) / stride, (width + stride - 1) / stride);
  }

  /**
   * @param maps (K, h, w) of the whole image
   * @return (K or 2K, cells down, cells across), newly allocated
   */
  public FeatureMaps of(FeatureMaps maps) {
    Shape cells = cells(height, width, stride);
    int kinds = absolute ? 1 : 2;
    FeatureMaps pooled = FeatureMaps.zeros(cells.withMaps(kinds * maps.maps()));
    int[] rows = edges(cells.height(), height, maps.height());
    int[] columns = edges(cells.width(), width, maps.width());
    for (int map = 0; map < maps.maps(); map++) {
      for (int i = 0; i < cells.height(); i++) {
        for (int j = 0; j < cells.width(); j++) {
          cell(maps, map, i, j, rows, columns, pooled);
        }
      }
    }
    return pooled;
  }

  /** First and last row of each cell, the last one not counted. */
  private int[] edges(int cells, int pixels, int size) {
    int[] edges = new int[2 * cells];
    for (int i = 0; i < cells; i++) {
      int from = (int) ((long) i * stride * size / pixels);
      long behind = (long) Math.min(pixels, (i + 1) * stride) * size;
      edges[2 * i] = from;
      edges[2 * i + 1] = Math.max(from + 1, (int) ((behind + pixels - 1) / pixels));
    }
    return edges;
  }

  private void cell(
      FeatureMaps maps, int map, int i, int j, int[] rows, int[] columns, FeatureMaps pooled) {
    double positive = 0;
    double negative = 0;
    for (int row = rows[2 * i]; row < rows[2 * i + 1]; row++) {
      int at = maps.index(map, row, 0);
      for (int column = columns[2 * j]; column < columns[2 * j + 1]; column++) {
        float z = maps.data()[at + column];
        positive += Math.max(z, 0);
        negative -= Math.min(z, 0);
      }
    }
    int area = (rows[2 * i + 1] - rows[2 * i]) * (columns[2 * j + 1] - columns[2 * j]);
    if (absolute) {
      pooled.set(map, i, j, (float) ((positive + negative) / area));
    } else {
      pooled.set(map, i, j, (float) (positive / area));
      pooled.set(maps.maps() + map, i, j, (float) (negative / area));
    }
  }
}
