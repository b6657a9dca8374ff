package org.deconvnet.pyramid;

import org.deconvnet.features.DescriptorGrid;
import org.deconvnet.tensor.Checks;

/**
 * Histograms of words over a pyramid of cells (Lazebnik, Schmid and Ponce, CVPR 2006). Level l cuts
 * the image into 2^l x 2^l cells relative to its own sides; a descriptor counts where the middle of
 * its patch lies. Histograms are weighted by {@link PyramidOptions#weight} and divided by the
 * number of descriptors, so that the pyramid match kernel is one histogram intersection. Order:
 * (level, cell row, cell column, word). Not thread-safe.
 */
public final class SpatialPyramid {
  private final PyramidOptions options;
  private final int words;
  private final float[] dense;

  public SpatialPyramid(PyramidOptions options, int words) {
    Checks.atLeast("pyramid words", 1, words);
    this.options = options;
    this.words = words;
    this.dense = new float[size()];
  }

  /** Numbers in a pyramid. */
  public int size() {
    return options.cells() * words;
  }

  /** An image without descriptors gives an empty histogram. */
  public SparseHistogram encode(DescriptorGrid grid, CodedDescriptors codes) {
    java.util.Arrays.fill(dense, 0);
    int firstCell = 0;
    for (int level = 0; level < options.levels(); level++) {
      int side = 1 << level;
      float weight = (float) (options.weight(level) / Math.max(1, grid.count()));
      for (int d = 0; d < grid.count(); d++) {
        int row = cell(grid.centreRow(d), grid.imageHeight(), side);
        int column = cell(grid.centreColumn(d), grid.imageWidth(), side);
        int base = (firstCell + row * side + column) * words;
        int from = d * codes.neighbours();
        for (int n = from; n < from + codes.neighbours(); n++) {
          dense[base + codes.words()[n]] += weight * codes.weights()[n];
        }
      }
      firstCell += side * side;
    }
    return SparseHistogram.of(dense);
  }

  private static int cell(double centre, int imageSide, int cells) {
    return Math.min(cells - 1, (int) (centre * cells / imageSide));
  }
}
