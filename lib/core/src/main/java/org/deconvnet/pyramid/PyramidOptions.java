package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * The shape of a spatial pyramid. Construction throws {@link IllegalArgumentException} unless 1 ≤
 * levels ≤ 8.
 *
 * @param levels how many levels; level l has 2^l x 2^l cells, so 3 means 1 + 4 + 16
 */
public record PyramidOptions(int levels) implements Serializable {
  /** 1 + 4 + 16 cells. */
  public static final PyramidOptions DEFAULTS = new PyramidOptions(3);

  public static final int MOST_LEVELS = 8;

  public PyramidOptions {
    Checks.atLeast("pyramid levels", 1, levels);
    if (levels > MOST_LEVELS) {
      throw new UserErrorException(
          "pyramid levels: expected at most %d, got %d".formatted(MOST_LEVELS, levels));
    }
  }

  /** Cells of all levels together: (4^levels − 1) / 3. */
  public int cells() {
    return firstCell(levels);
  }

  /** Cells before the given level. */
  public int firstCell(int level) {
    return ((1 << (2 * level)) - 1) / 3;
  }

  /**
   * Weight of a level, with L = levels − 1: 2^−L for level 0 and 2^−(L − l + 1) for level l above.
   * They sum to 1. Source: Lazebnik et al., CVPR 2006, equation 3 regrouped by level.
   */
  public double weight(int level) {
    int exponent = level == 0 ? levels - 1 : levels - level;
    return Math.scalb(1.0, -exponent);
  }
}
