package org.deconvnet.pyramid;

import org.deconvnet.describe.Descriptors;
import org.deconvnet.tensor.Checks;

/**
 * The pyramid of one image while its descriptors are added, all at once or a part after the other:
 * either gives the same bits. Memory is that of the pyramid, whatever the descriptors. Not
 * thread-safe.
 */
public abstract class PyramidPooling {
  private final PyramidOptions options;
  private final int words;

  /**
   * @param words size of the vocabulary
   */
  PyramidPooling(PyramidOptions options, int words) {
    this.options = options;
    this.words = words;
  }

  PyramidOptions options() {
    return options;
  }

  int words() {
    return words;
  }

  /**
   * Pools the word weights of some descriptors.
   *
   * @param codes one entry a descriptor, in their order
   * @throws IllegalArgumentException if descriptors and codes differ in length or a word is out of
   *     range
   */
  public final void add(Descriptors descriptors, WordWeights codes) {
    Checks.equal("pyramid: coded descriptors", descriptors.count(), codes.count());
    codes.requireWords(words);
    for (int level = 0; level < options.levels(); level++) {
      for (int d = 0; d < codes.count(); d++) {
        int row = cell(descriptors.row(d), descriptors.patch(), descriptors.imageHeight(), level);
        int column =
            cell(descriptors.column(d), descriptors.patch(), descriptors.imageWidth(), level);
        pool(descriptors, codes, d, (options.firstCell(level) + (row << level) + column) * words);
      }
    }
  }

  /** floor(centre · 2^level / side) in whole numbers, the centre being start + patch / 2. */
  private static int cell(int start, int patch, int side, int level) {
    return (int) (((2L * start + patch) << level) / (2L * side));
  }

  /** Pools one descriptor in a cell, whose words start at an entry of the pyramid. */
  abstract void pool(Descriptors descriptors, WordWeights codes, int descriptor, int from);

  /** The pyramid of what was added. */
  public abstract SparseHistogram pyramid();
}
