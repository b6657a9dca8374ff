package org.deconvnet.describe;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Descriptors of maps that hold a number a cell already, as max pooling leaves them: a patch of
 * cells x cells cells is described by these numbers themselves, in the order (map, cell row, cell
 * column), divided by max(norm, {@value #FLOOR}), so that faint patches stay faint. A cell has
 * patch / cells pixels along its side; cells lie in the middle of the image. Patches are whole
 * cells apart, and cells that are left over are split between both ends. Source: Bo, Ren and Fox,
 * NIPS 2011, section 2.2. Thread-safe: immutable.
 */
public final class CellDescriptors {
  private static final double FLOOR = 0.1;

  private final DescriptorOptions options;
  private final int cellsApart;

  /**
   * @param options whose {@code clip} has no part in this
   * @throws UserErrorException if the step is no multiple of a cell
   */
  public CellDescriptors(DescriptorOptions options) {
    this.options = options;
    this.cellsApart = requireCells("descriptor step", options);
  }

  /**
   * Cells between neighbouring patches.
   *
   * @param what for messages
   * @throws UserErrorException if the step is no multiple of a cell
   */
  public static int requireCells(String what, DescriptorOptions options) {
    if (options.step() % options.cellSize() != 0) {
      throw new UserErrorException(
          "%s: expected a multiple of a cell's side, patch / cells = %d, got %d"
              .formatted(what, options.cellSize(), options.step()));
    }
    return options.step() / options.cellSize();
  }

  /**
   * @param maps (map, cell row, cell column)
   * @param imageHeight pixels that the cells lie in the middle of
   * @return (grid row, grid column, maps x cells x cells); empty if the image is smaller than a
   *     patch
   */
  public DescriptorGrid describe(FeatureMaps maps, int imageHeight, int imageWidth) {
    int[] rows = firstCells(maps.height(), imageHeight);
    int[] columns = firstCells(maps.width(), imageWidth);
    int dimension = options.dimension(maps.maps());
    float[] values = new float[Math.multiplyExact(rows.length * columns.length, dimension)];
    int to = 0;
    for (int row : rows) {
      for (int column : columns) {
        copy(maps, row, column, values, to);
        scale(values, to, dimension);
        to += dimension;
      }
    }
    return new DescriptorGrid(
        imageHeight,
        imageWidth,
        options.patch(),
        pixels(rows, maps.height(), imageHeight),
        pixels(columns, maps.width(), imageWidth),
        dimension,
        values);
  }

  private int[] firstCells(int mapSide, int imageSide) {
    int room = mapSide - options.cells();
    if (room < 0 || imageSide < options.patch()) {
      return new int[0];
    }
    int[] first = new int[room / cellsApart + 1];
    for (int i = 0; i < first.length; i++) {
      first[i] = room % cellsApart / 2 + i * cellsApart;
    }
    return first;
  }

  private int[] pixels(int[] cells, int mapSide, int imageSide) {
    int start = (imageSide - mapSide * options.cellSize()) / 2;
    int[] pixels = new int[cells.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = start + cells[i] * options.cellSize();
    }
    return pixels;
  }

  private void copy(FeatureMaps maps, int row, int column, float[] values, int to) {
    int at = to;
    for (int map = 0; map < maps.maps(); map++) {
      for (int i = 0; i < options.cells(); i++) {
        int from = maps.index(map, row + i, column);
        System.arraycopy(maps.data(), from, values, at, options.cells());
        at += options.cells();
      }
    }
  }

  private static void scale(float[] values, int from, int dimension) {
    double norm = Math.sqrt(PatchDescriptors.squaredNorm(values, from, dimension));
    float factor = (float) (1 / Math.max(norm, FLOOR));
    for (int i = from; i < from + dimension; i++) {
      values[i] *= factor;
    }
  }
}
