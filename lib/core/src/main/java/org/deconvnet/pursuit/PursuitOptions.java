package org.deconvnet.pursuit;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * Atoms of {@link PixelWindows} and how windows are coded with them. Immutable.
 *
 * @param atoms of the dictionary, from 2 to {@value #MOST_ATOMS}
 * @param sparsity atoms of a code at most, from 1 to {@link PixelWindows#SIDE}²
 * @param rounds of learning at most, at least 1
 * @param signs what becomes of signs
 */
public record PursuitOptions(int atoms, int sparsity, int rounds, Signs signs)
    implements Serializable {
  public static final int MOST_ATOMS = 1024;

  /** 75 atoms, 4 of them a code, 50 rounds, signs dropped: Bo, Ren and Fox, grey images. */
  public static final PursuitOptions DEFAULTS = new PursuitOptions(75, 4, 50, Signs.TOGETHER);

  public PursuitOptions {
    Checks.between("atoms", 2, MOST_ATOMS, atoms);
    Checks.between("sparsity", 1, PixelWindows.DIMENSION, sparsity);
    Checks.atLeast("rounds", 1, rounds);
  }
}
