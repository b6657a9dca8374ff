package org.deconvnet.penalty;

import org.deconvnet.tensor.Checks;
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
public final class PowerShrinkage {
  private static final int OCTAVES = 18;
  private static final int NEWTON_STEPS = 100;

  /** From here on the root is w itself, in double precision. */
  private static final double HUGE = 1e100;

  private final double kappa;
  private final double alpha;
  private final double q;

  /** The argument at which two roots meet: the table's argument is the distance to it. */
  private final double branch;

  private final CubicTable roots;

  /**
   * @param kappa κ > 0
   * @param alpha α in (0, 1]; 1 is soft thresholding
   */
  public PowerShrinkage(double kappa, double alpha) {
    Checks.positive("kappa", kappa);
    requireExponent(alpha);
    this.kappa = kappa;
    this.alpha = alpha;
    this.q = alpha / (2 * (1 - alpha));
    double least = Math.pow(alpha / 2, 1 / (2 - alpha));
    this.branch = least + q * Math.pow(least, alpha - 1);
    this.roots = alpha == 1 ? null : tabulate();
  }

  static void requireExponent(double alpha) {
    if (!(alpha > 0 && alpha <= 1)) {
      throw new UserErrorException("alpha: expected 0 < alpha <= 1, got " + alpha);
    }
  }

  private CubicTable tabulate() {
    return new CubicTable(
        1 + q - branch,
        OCTAVES,
        p -> root(branch + p),
        p -> 1 / (1 - q * (1 - alpha) * Math.pow(root(branch + p), alpha - 2)));
  }

  public double kappa() {
    return kappa;
  }

  public double alpha() {
    return alpha;
  }

  /**
   * {@code out ← prox(v)} for one β. Allocates one {@link Threshold}; hold on to that where β comes
   * again.
   *
   * @param out as many numbers as v; may be v
   */
  public void shrink(float[] v, double beta, float[] out) {
    at(beta).shrink(v, out);
  }

  /** The operator for one β > 0. */
  public Threshold at(double beta) {
    Checks.positive("beta", beta);
    return new Threshold(kappa / beta);
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

  /** The operator for one κ/β. Immutable and thread-safe. */
  public final class Threshold {
    private final double t;
    private final double tau;
    private final double perT;

    private Threshold(double c) {
      t = alpha == 1 ? 0 : Math.pow(2 * c * (1 - alpha), 1 / (2 - alpha));
      tau = alpha == 1 ? c : t + c * alpha * Math.pow(t, alpha - 1);
      perT = 1 / t;
    }

    /** The smallest size that is not 0. */
    public double t() {
      return t;
    }

    /** Up to this size numbers become 0. */
    public double tau() {
      return tau;
    }

    /** The operator for one number; NaN stays NaN. */
    public float apply(float v) {
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

    /**
     * {@code out ← prox(v)}. Allocates nothing.
     *
     * @param out as many numbers as v; may be v
     */
    public void shrink(float[] v, float[] out) {
      Checks.equal("shrinkage: numbers", v.length, out.length);
      for (int i = 0; i < v.length; i++) {
        out[i] = apply(v[i]);
      }
    }
  }

  /** α = 1: max(|v| − c, 0) sign(v), with c = κ/β. */
  static double soft(double v, double c) {
    return Math.copySign(Math.max(Math.abs(v) - c, 0), v);
  }

  /**
   * α = 1/2, with c = κ/β: the larger root of s³ − |v| s + c/2 = 0 for s = √x, by cosines (Xu et
   * al., IEEE TNNLS 2012).
   */
  static double half(double v, double c) {
    double size = Math.abs(v);
    if (size <= 1.5 * Math.cbrt(c * c)) {
      return 0;
    }
    double angle = Math.acos(-c / 4 * Math.pow(size / 3, -1.5)) / 3;
    double root = 2 * Math.sqrt(size / 3) * Math.cos(angle);
    return Math.copySign(root * root, v);
  }

  /**
   * α = 2/3, with c = κ/β: the larger root of s⁴ − |v| s + 2c/3 = 0 for s = ∛x, by Ferrari's
   * resolvent (Krishnan and Fergus, NIPS 2009).
   */
  static double twoThirds(double v, double c) {
    double size = Math.abs(v);
    double e = 2 * c / 3;
    if (size <= 2 * Math.pow(e, 0.75)) {
      return 0;
    }
    double discriminant = Math.sqrt(Math.pow(size, 4) / 256 - e * e * e / 27);
    // The resolvent's two cube roots multiply to e/3; their difference form would cancel.
    double cubeRoot = Math.cbrt(size * size / 16 + discriminant);
    double y = cubeRoot + e / (3 * cubeRoot);
    double m = Math.sqrt(2 * y);
    double s = (m + Math.sqrt(2 * size / m - m * m)) / 2;
    return Math.copySign(s * s * s, v);
  }
}
