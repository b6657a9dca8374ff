package org.deconvnet.pyramid;

import org.deconvnet.features.DescriptorGrid;
import org.deconvnet.tensor.Checks;

/**
 * Word histograms of an image and of its parts. For n descriptors, level l, cell (i, j) of that
 * level and word k,
 *
 * <pre>H[l,i,j,k] = w_l / n · Σ_{d in cell (i,j)} weight of word k for d</pre>
 *
 * <p>with the weights w_l of {@link PyramidOptions#weight}. A cell is a 2^l-th of the image's own
 * height and width, and the centre of a patch decides its cell, the later one on a boundary. Entry
 * order is (level, cell row, cell column, word), word fastest. With these weights one histogram
 * intersection of two results is the pyramid match kernel. Source: Lazebnik, Schmid and Ponce, CVPR
 * 2006, section 3.2. Thread-safe.
 */
public final class SpatialPyramid {
  private final PyramidOptions options;

  public SpatialPyramid(PyramidOptions options) {
    this.options = options;
  }

  /** Entries of a histogram for a vocabulary of that many words. */
  public int size(int words) {
    return Math.multiplyExact(options.cells(), words);
  }

  /**
   * The histogram of one image. It sums to 1 if the weights of each descriptor do; without
   * descriptors it is empty.
   *
   * @param codes one entry a descriptor, in the order of the grid
   * @param words size of the vocabulary
   * @throws IllegalArgumentException if grid and codes differ in length or a word is out of range
   */
  public SparseHistogram histogram(DescriptorGrid grid, WordWeights codes, int words) {
    double[] sums = new double[size(words)];
    eachCell(grid, codes, words, (descriptor, from) -> count(codes, descriptor, words, sums, from));
    return SparseHistogram.of(weighted(sums, words, grid.count()));
  }

  /**
   * The largest weight of every word in every cell, at least 0, brought to unit Euclidean norm: for
   * a linear kernel. Same order of entries, levels unweighted. Source: Yang, Yu, Gong and Huang,
   * CVPR 2009, section 3.
   *
   * @throws IllegalArgumentException as {@link #histogram}
   */
  public SparseHistogram maxima(DescriptorGrid grid, WordWeights codes, int words) {
    float[] largest = new float[size(words)];
    eachCell(
        grid, codes, words, (descriptor, from) -> raise(codes, descriptor, words, largest, from));
    double squares = 0;
    for (float v : largest) {
      squares += (double) v * v;
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (int i = 0; i < largest.length; i++) {
      largest[i] = (float) (largest[i] * scale);
    }
    return SparseHistogram.of(largest);
  }

  /** What happens to a descriptor in a cell whose words start at an index. */
  private interface InCell {
    void accept(int descriptor, int from);
  }

  private void eachCell(DescriptorGrid grid, WordWeights codes, int words, InCell action) {
    Checks.equal("pyramid: coded descriptors", grid.count(), codes.count());
    for (int level = 0; level < options.levels(); level++) {
      int descriptor = 0;
      for (int row : grid.rows()) {
        int line = cell(row, grid.patch(), grid.imageHeight(), level) << level;
        for (int column : grid.columns()) {
          int cell = line + cell(column, grid.patch(), grid.imageWidth(), level);
          action.accept(descriptor++, (options.firstCell(level) + cell) * words);
        }
      }
    }
  }

  /** floor(centre · 2^level / side) in whole numbers, the centre being start + patch / 2. */
  private static int cell(int start, int patch, int side, int level) {
    return (int) (((2L * start + patch) << level) / (2L * side));
  }

  private static void count(WordWeights codes, int descriptor, int words, double[] sums, int from) {
    for (int pair = 0; pair < codes.perDescriptor(); pair++) {
      sums[from + word(codes, descriptor, pair, words)] += codes.weight(descriptor, pair);
    }
  }

  private static void raise(
      WordWeights codes, int descriptor, int words, float[] largest, int from) {
    for (int pair = 0; pair < codes.perDescriptor(); pair++) {
      int at = from + word(codes, descriptor, pair, words);
      largest[at] = Math.max(largest[at], codes.weight(descriptor, pair));
    }
  }

  private static int word(WordWeights codes, int descriptor, int pair, int words) {
    int word = codes.word(descriptor, pair);
    if (word < 0 || word >= words) {
      throw new IllegalArgumentException(
          "pyramid: expected words 0 to %d, got %d".formatted(words - 1, word));
    }
    return word;
  }

  private float[] weighted(double[] sums, int words, int descriptors) {
    float[] weighted = new float[sums.length];
    for (int level = 0; level < options.levels(); level++) {
      double scale = options.weight(level) / Math.max(1, descriptors);
      for (int i = options.firstCell(level) * words;
          i < options.firstCell(level + 1) * words;
          i++) {
        weighted[i] = (float) (sums[i] * scale);
      }
    }
    return weighted;
  }
}
