package org.deconvnet.solve;

import java.io.Serializable;

/**
 * What {@link Ista} does beyond the paper's steps.
 *
 * @param momentum true: steps start ahead of the code, in the direction in which it moved, and
 *     begin anew from it where the objective has risen (Beck and Teboulle, SIAM J. Imaging Sciences
 *     2009, section 4; O'Donoghue and Candès, Foundations of Computational Mathematics 2015,
 *     section 3.2)
 * @param refit true: the last code is multiplied by {@code ⟨A z, y⟩ / ‖A z‖²}, which brings its
 *     reconstruction as near to the image as a multiple can come
 */
public record Shrinkage(boolean momentum, boolean refit) implements Serializable {
  /** The paper's steps alone. */
  public static final Shrinkage PLAIN = new Shrinkage(false, false);
}
