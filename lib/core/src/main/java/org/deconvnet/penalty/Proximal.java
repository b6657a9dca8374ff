package org.deconvnet.penalty;

import org.deconvnet.tensor.Checks;

/** The proximal operator of a {@link Penalty}, for one step and weight. Thread-safe. */
@FunctionalInterface
public interface Proximal {
  /**
   * {@code out ← prox(scale · v)} for the numbers from {@code from} to before {@code to}; the
   * others stay as they are. Not a number stays so. Allocates nothing.
   *
   * @param v a whole code, (map, row, column); of a penalty that {@link Penalty#keepsOrder}, any
   *     numbers
   * @param out as many numbers; may be {@code v}
   */
  void apply(float[] v, float scale, float[] out, int from, int to);

  /** As the other, for all numbers. */
  default void apply(float[] v, float scale, float[] out) {
    Checks.equal("proximal operator: numbers", v.length, out.length);
    apply(v, scale, out, 0, v.length);
  }
}
