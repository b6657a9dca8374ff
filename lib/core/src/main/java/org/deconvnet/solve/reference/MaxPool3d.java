package org.deconvnet.solve.reference;

import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Three-dimensional max pooling P with switches, block by block, number by number (Zeiler et al.,
 * ICCV 2011, section 2.2). Non-overlapping blocks over rows, columns and consecutive maps; the
 * pooled value is the entry of largest absolute value with its sign, and its place is the switch.
 * Blocks at the far edges may be partial.
 *
 * <p>Ties: a positive entry beats an equal negative one; otherwise the first in (map, row, column)
 * order wins. With switches held fixed, {@link Switches#gather} and {@link Switches#unpool} are
 * linear and adjoint. Stateless and thread-safe.
 */
public final class MaxPool3d {
  private MaxPool3d() {}

  /**
   * Pools {@code z} into {@code values} and writes the {@code switches}, both shaped {@code
   * size.pooled(z.shape())}.
   */
  public static void pool(PoolSize size, FeatureMaps z, FeatureMaps values, Switches switches) {
    Checks.sameShape("pooled values", size.pooled(z.shape()), values.shape());
    Checks.sameShape("switches", z.shape(), switches.unpooled());
    Shape pooled = values.shape();
    int at = 0;
    for (int k = 0; k < pooled.maps(); k++) {
      for (int y = 0; y < pooled.height(); y++) {
        for (int x = 0; x < pooled.width(); x++, at++) {
          int winner = strongest(size, z, k * size.maps(), y * size.rows(), x * size.columns());
          switches.index()[at] = winner;
          values.data()[at] = z.data()[winner];
        }
      }
    }
  }

  private static int strongest(PoolSize size, FeatureMaps z, int map, int row, int column) {
    int lastMap = Math.min(map + size.maps(), z.maps());
    int lastRow = Math.min(row + size.rows(), z.height());
    int lastColumn = Math.min(column + size.columns(), z.width());
    float[] data = z.data();
    int winner = z.index(map, row, column);
    float best = data[winner];
    for (int k = map; k < lastMap; k++) {
      for (int y = row; y < lastRow; y++) {
        int line = z.index(k, y, 0);
        for (int i = line + column; i < line + lastColumn; i++) {
          float challenger = data[i];
          float challengerSize = Math.abs(challenger);
          float bestSize = Math.abs(best);
          if (challengerSize > bestSize || (challengerSize == bestSize && challenger > best)) {
            best = challenger;
            winner = i;
          }
        }
      }
    }
    return winner;
  }
}
