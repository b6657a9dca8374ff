package org.deconvnet.penalty;

import java.io.Serializable;

/**
 * What a code costs besides the error that it leaves: a sum over its numbers, such as |z|₁. Solvers
 * know it by its value and its proximal operator alone. Immutable and thread-safe.
 */
public interface Penalty extends Serializable {
  /**
   * Its value for a code, summed in double precision; infinite where the code is not allowed, NaN
   * if a number is NaN.
   *
   * @param z a whole code, (map, row, column); of a penalty that {@link #keepsOrder}, any numbers
   */
  double value(float[] z);

  /**
   * The operator v ↦ the x that minimises {@code step · value(x) + weight/2 ‖x − v‖²}. A gradient
   * step t on ½‖A z − y‖², which the objective weights with λ, is followed by that of (t, λ); a
   * second code, held to the first by β, is drawn by that of (1, β).
   *
   * @param step not negative
   * @param weight positive
   */
  Proximal proximal(double step, double weight);

  /**
   * Whether the operators are one odd function, applied to every number by itself, that never turns
   * round the order of two sizes. Then the largest number of a block is the same before and after,
   * and a solver that pools shrinks the winners alone.
   */
  default boolean keepsOrder() {
    return false;
  }
}
