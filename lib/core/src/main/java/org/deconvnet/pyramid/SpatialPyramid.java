package org.deconvnet.pyramid;

import org.deconvnet.describe.Descriptors;
import org.deconvnet.tensor.Checks;

/**
 * Word histograms of an image and of its parts. With the share s_d that each descriptor d counts
 * for, level l, cell (i, j) of that level and word k,
 *
 * <pre>H[l,i,j,k] = w_l · Σ_{d in cell (i,j)} s_d · weight of word k for d</pre>
 *
 * <p>with the weights w_l of {@link PyramidOptions#weight}. On a grid of n descriptors s_d = 1/n;
 * of activations described one by one, shares make H the mean of their own pyramids. A cell is a
 * 2^l-th of the image's own height and width, and the centre of a patch decides its cell, the later
 * one on a boundary. Entry order is (level, cell row, cell column, word), word fastest. With these
 * weights one histogram intersection of two results is the pyramid match kernel. Source: Lazebnik,
 * Schmid and Ponce, CVPR 2006, section 3.2; Zeiler et al., ICCV 2011, section 4. Thread-safe.
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
   * @param codes one entry a descriptor, in their order
   * @param words size of the vocabulary
   * @throws IllegalArgumentException if descriptors and codes differ in length or a word is out of
   *     range
   */
  public SparseHistogram histogram(Descriptors descriptors, WordWeights codes, int words) {
    double[] sums = new double[size(words)];
    eachCell(
        descriptors,
        codes,
        words,
        (d, from) -> {
          for (int pair = 0; pair < codes.perDescriptor(); pair++) {
            sums[from + codes.word(d, pair)] += descriptors.share(d) * codes.weight(d, pair);
          }
        });
    return SparseHistogram.of(weighted(sums, words));
  }

  /**
   * The largest weight of every word in every cell, at least 0, brought to unit Euclidean norm: for
   * a linear kernel. Same order of entries, levels unweighted. Source: Yang, Yu, Gong and Huang,
   * CVPR 2009, section 3.
   *
   * @throws IllegalArgumentException as {@link #histogram}
   */
  public SparseHistogram maxima(Descriptors descriptors, WordWeights codes, int words) {
    float[] largest = new float[size(words)];
    eachCell(
        descriptors,
        codes,
        words,
        (d, from) -> {
          for (int pair = 0; pair < codes.perDescriptor(); pair++) {
            int at = from + codes.word(d, pair);
            largest[at] = Math.max(largest[at], codes.weight(d, pair));
          }
        });
    toUnitNorm(largest);
    return SparseHistogram.of(largest);
  }

  /** What happens to a descriptor in a cell whose words start at an index. */
  private interface InCell {
    void accept(int descriptor, int from);
  }

  private void eachCell(Descriptors descriptors, WordWeights codes, int words, InCell action) {
    Checks.equal("pyramid: coded descriptors", descriptors.count(), codes.count());
    codes.requireWords(words);
    for (int level = 0; level < options.levels(); level++) {
      for (int d = 0; d < codes.count(); d++) {
        int row = cell(descriptors.row(d), descriptors.patch(), descriptors.imageHeight(), level);
        int column =
            cell(descriptors.column(d), descriptors.patch(), descriptors.imageWidth(), level);
        action.accept(d, (options.firstCell(level) + (row << level) + column) * words);
      }
    }
  }

  /** floor(centre · 2^level / side) in whole numbers, the centre being start + patch / 2. */
  private static int cell(int start, int patch, int side, int level) {
    return (int) (((2L * start + patch) << level) / (2L * side));
  }

  private float[] weighted(double[] sums, int words) {
    float[] weighted = new float[sums.length];
    for (int level = 0; level < options.levels(); level++) {
      double weight = options.weight(level);
      for (int i = options.firstCell(level) * words;
          i < options.firstCell(level + 1) * words;
          i++) {
        weighted[i] = (float) (sums[i] * weight);
      }
    }
    return weighted;
  }

  private static void toUnitNorm(float[] values) {
    double squares = 0;
    for (float v : values) {
      squares += (double) v * v;
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * scale);
    }
  }
}
