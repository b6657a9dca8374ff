package org.deconvnet.penalty;

import org.deconvnet.tensor.UserErrorException;

/**
 * The proximal operator of κ|x|^α for 0 < α ≤ 1: the x that minimises
 *
 * <pre>κ|x|^α + β/2 (x − v)²</pre>
 *
 * <p>With c = κ/β it is 0 up to |v| = τ and jumps there to t: t = (2c(1−α))^{1/(2−α)}, τ = t + cα
 * t^{α−1}; above, it is the larger root of v = x + cα x^{α−1} (Krishnan and Fergus, NIPS 2009,
 * section 2.1, as Zeiler et al., CVPR 2010, section 2.2 use it).
 *
 * <p>In units of t the root is one function for every κ and β: u + q u^{α−1} = w with q =
 * α/(2(1−α)). It is solved by Newton's method once, for a table; a number then costs a few
 * multiplications, and is within one unit in the last place of single precision. Immutable and
 * thread-safe.
 */
final class PowerShrinkage {
  private static final int OCTAVES = 18;
  private static final int NEWTON_STEPS = 100;

  /** From here on the root is w itself, in double precision. */
  private static final double HUGE = 1e100;

  private final double alpha;
  private final double q;

  /** The argument at which two roots meet: the table's argument is the distance to it. */
  private final double branch;

  private final CubicTable roots;

  /**
   * @param alpha α in (0, 1]; 1 is soft thresholding
   */
  PowerShrinkage(double alpha) {
    if (!(alpha > 0 && alpha <= 1)) {
      throw new UserErrorException("alpha: expected 0 < alpha <= 1, got " + alpha);
    }
    this.alpha = alpha;
    this.q = alpha / (2 * (1 - alpha));
    double least = Math.pow(alpha / 2, 1 / (2 - alpha));
    this.branch = least + q * Math.pow(least, alpha - 1);
    this.roots = alpha == 1 ? null : tabulate();
  }

  private CubicTable tabulate() {
    return new CubicTable(
        1 + q - branch,
        OCTAVES,
        p -> root(branch + p),
        p -> 1 / (1 - q * (1 - alpha) * Math.pow(root(branch + p), alpha - 2)));
  }

  /**
   * The operator for one c = κ/β.
   *
   * @param c not negative
   */
  Threshold at(double c) {
    return new Threshold(c);
  }

  /**
   * The larger u with u + q u^{α−1} = w. Newton's method from w: the left side is convex and grows
   * beyond the root, so the steps come down to it and never pass it.
   */
  double root(double w) {
    if (!(w < HUGE)) {
      return w;
    }
    double u = w;
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double pull = q * Math.pow(u, alpha - 1);
      double down = (u + pull - w) / (1 - (1 - alpha) * pull / u);
      u -= down;
      if (!(Math.abs(down) > Math.ulp(u))) {
        break;
      }
    }
    return u;
  }

  /** The operator for one c. Immutable and thread-safe. */
  final class Threshold implements Proximal {
    private final double t;
    private final double tau;
    private final double perT;

    private Threshold(double c) {
      t = alpha == 1 ? 0 : Math.pow(2 * c * (1 - alpha), 1 / (2 - alpha));
      tau = alpha == 1 ? c : t + c * alpha * Math.pow(t, alpha - 1);
      perT = 1 / t;
    }

    /** The smallest size that is not 0. */
    double t() {
      return t;
    }

    /** Up to this size numbers become 0. */
    double tau() {
      return tau;
    }

    /** The operator for one number; NaN stays NaN. */
    float apply(float v) {
      double size = Math.abs(v);
      if (size <= tau) {
        return 0;
      }
      double x = alpha == 1 ? size - tau : t * inUnits(size * perT);
      return (float) Math.copySign(x, v);
    }

    private double inUnits(double w) {
      double p = w - branch;
      return p < roots.end() ? roots.at(p) : root(w);
    }

    @Override
    public void apply(float[] v, float scale, float[] out, int from, int to) {
      for (int i = from; i < to; i++) {
        out[i] = apply(scale * v[i]);
      }
    }
  }
}
