package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * @param levels levels of the pyramid; level l has 2^l x 2^l cells, so 3 levels have 1 + 4 + 16
 */
public record PyramidOptions(int levels) implements Serializable {
  public static final PyramidOptions DEFAULTS = new PyramidOptions(3);

  public PyramidOptions {
    Checks.atLeast("pyramid levels", 1, levels);
    if (levels > 8) {
      throw new IllegalArgumentException("pyramid levels: expected at most 8, got " + levels);
    }
  }

  /** Cells of all levels. */
  public int cells() {
    int cells = 0;
    for (int l = 0; l < levels; l++) {
      cells += 1 << (2 * l);
    }
    return cells;
  }

  /**
   * The weight of a level in the kernel: 2^−L for level 0 and 2^−(L−l+1) above, L the last level
   * (Lazebnik et al., CVPR 2006, equation 3).
   */
  public double weight(int level) {
    int last = levels - 1;
    return Math.pow(2, level == 0 ? -last : -(last - level + 1));
  }
}
