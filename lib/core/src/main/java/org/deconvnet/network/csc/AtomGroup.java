package org.deconvnet.network.csc;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.UserErrorException;

/**
 * Filters of one size and one weight; a dictionary has one group or more.
 *
 * @param maps how many
 * @param side rows and columns of each
 * @param weight of their codes' penalty, times λ; 0: a map without penalty, whose filter is a
 *     smooth window that is not learned, and takes what varies slowly
 */
public record AtomGroup(int maps, int side, double weight) implements Serializable {
  /** 64 filters of 8 x 8. */
  public static final AtomGroup DEFAULTS = new AtomGroup(64, 8, 1);

  public AtomGroup {
    Checks.between("maps", 1, Connectivity.MOST_MAPS, maps);
    Checks.atLeast("side", 1, side);
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new UserErrorException("weight: expected a finite number >= 0, got " + weight);
    }
  }
}
