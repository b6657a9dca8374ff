package org.deconvnet.pursuit;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * An image's pixels as maxima of sparse codes, the first stage of hierarchical matching pursuit:
 * all {@link PixelWindows} are coded by {@link BatchPursuit}, and each cell of cell x cell windows
 * that lie next to each other keeps the largest |x_k| / {@value PixelWindows#SIDE} of every atom k,
 * or of its positive and of its negative weights. Cells do not overlap; rows and columns of windows
 * that are left over are split between both ends. So cell (i, j) stands for the pixels {@code top +
 * i · cell} and on, {@code top = (H − cells · cell) / 2}, where the middles of its windows lie.
 * Source: Bo, Ren and Fox, NIPS 2011, sections 2.1 and 2.2. Thread-safe: scratch lives for a call.
 */
public final class PixelCells {
  private final Codebook dictionary;
  private final int sparsity;
  private final Signs signs;
  private final int cell;
  private final ArrayKernels kernels;

  /**
   * @param dictionary of atoms at unit norm, {@link PixelWindows#DIMENSION} numbers each
   * @param cell windows along a cell's side: pixels
   * @param kernels any: all give the same bits
   */
  public PixelCells(
      Codebook dictionary, int sparsity, Signs signs, int cell, ArrayKernels kernels) {
    Checks.equal("pixel cells: numbers of an atom", PixelWindows.DIMENSION, dictionary.dimension());
    Checks.atLeast("pixel cells: sparsity", 1, sparsity);
    Checks.atLeast("pixel cells: cell", 1, cell);
    this.dictionary = dictionary;
    this.sparsity = sparsity;
    this.signs = signs;
    this.cell = cell;
    this.kernels = kernels;
  }

  /**
   * @param grey (1, H, W) in [0, 1]
   * @return (atoms, or twice as many, cell row, cell column), none negative; a single cell of zeros
   *     where not one fits into the image
   * @throws IllegalArgumentException if the image has several maps
   */
  public FeatureMaps of(FeatureMaps grey) {
    PixelWindows windows = new PixelWindows(grey);
    int rows = windows.rows() / cell;
    int columns = windows.columns() / cell;
    int maps = signs.maps(dictionary.words());
    if (rows == 0 || columns == 0) {
      return FeatureMaps.zeros(new Shape(maps, 1, 1));
    }
    FeatureMaps cells = FeatureMaps.zeros(new Shape(maps, rows, columns));
    int top = windows.rows() % cell / 2;
    int left = windows.columns() % cell / 2;
    int count = columns * cell;
    BatchPursuit pursuit = new BatchPursuit(dictionary, sparsity);
    Correlations correlations = new Correlations(dictionary, count, kernels);
    float[] along = correlations.signals();
    for (int y = 0; y < rows * cell; y++) {
      windows.along(top + y, left, count, along);
      correlations.of(along, count);
      for (int x = 0; x < count; x++) {
        int atoms = pursuit.code(correlations.values(), correlations.start(x));
        raise(cells, y / cell, x / cell, pursuit, atoms);
      }
    }
    return cells;
  }

  private void raise(FeatureMaps cells, int row, int column, BatchPursuit code, int atoms) {
    for (int i = 0; i < atoms; i++) {
      float weight = code.weight(i);
      int map = code.atom(i) + (weight < 0 && signs == Signs.APART ? dictionary.words() : 0);
      int at = cells.index(map, row, column);
      cells.data()[at] = Math.max(cells.data()[at], Math.abs(weight) / PixelWindows.SIDE);
    }
  }
}
