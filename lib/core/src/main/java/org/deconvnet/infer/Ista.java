package org.deconvnet.infer;

import org.deconvnet.layer.Layer;
import org.deconvnet.layer.Reconstruction;
import org.deconvnet.pool.MaxPool3d;
import org.deconvnet.pool.Switches;
import org.deconvnet.prox.SoftThreshold;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Iterative shrinkage-thresholding for one layer of an adaptive deconvolutional network (Zeiler et
 * al., ICCV 2011, section 2.3 and algorithm 1). Minimises, for one image y,
 *
 * <pre>C_l(y) = λ/2 ‖R_l z − y‖² + |z|₁,   z = U_s p</pre>
 *
 * <p>One iteration: e = R z − y, g = Rᵀ e; z ← soft(z − step·g, step/λ); [p, s] = P(z); z ← U_s p.
 * The switches of the layers below stay as they are inside R.
 *
 * <p>The step is guarded: two successive codes give a Rayleigh quotient ‖R Δz‖²/‖Δz‖², a lower
 * bound of the operator norm; where it shows the step to be too long, the step is shortened for the
 * rest of this image. Holds the workspace of one image shape; allocates nothing in iterations. Not
 * thread-safe.
 */
public final class Ista {
  /** Steps stay this far below the inverse of a norm known from below only. */
  public static final double MARGIN = 0.95;

  private final Reconstruction r;
  private final Layer layer;
  private final int number;
  private final FeatureMaps z;
  private final FeatureMaps gradient;
  private final FeatureMaps error;
  private final FeatureMaps previousError;
  private final FeatureMaps previousCode;
  private final FeatureMaps pooled;
  private final Switches switches;

  /**
   * @param r the reconstruction whose top layer is {@code layer}
   * @param number the layer's number, for messages
   */
  public Ista(Reconstruction r, Layer layer, int number) {
    this.r = r;
    this.layer = layer;
    this.number = number;
    this.z = FeatureMaps.zeros(r.mapShape());
    this.gradient = FeatureMaps.zeros(r.mapShape());
    this.previousCode = FeatureMaps.zeros(r.mapShape());
    this.error = FeatureMaps.zeros(r.imageShape());
    this.previousError = FeatureMaps.zeros(r.imageShape());
    this.pooled = FeatureMaps.zeros(layer.pool().pooled(r.mapShape()));
    this.switches = Switches.allocate(pooled.shape(), r.mapShape());
  }

  /**
   * Infers the code of an image, starting from z = 0.
   *
   * @param y image, (C, H, W)
   * @throws SolverDivergedException if the error stops being finite
   */
  public SparseCode infer(FeatureMaps y) {
    iterate(y);
    unpoolCode();
    reconstructionError(y);
    return new SparseCode(pooled.copy(), switches.copy(), trace(y));
  }

  /**
   * The feature maps before the last pooling, where responses are still dense: what descriptors are
   * taken from. Newly allocated, (K, H+s−1, W+s−1).
   */
  public FeatureMaps responses(FeatureMaps y) {
    iterate(y);
    return z.copy();
  }

  /** As {@link #responses}, together with the code, for one inference. */
  public SparseCode infer(FeatureMaps y, FeatureMaps responses) {
    iterate(y);
    System.arraycopy(z.data(), 0, responses.data(), 0, z.data().length);
    unpoolCode();
    reconstructionError(y);
    return new SparseCode(pooled.copy(), switches.copy(), trace(y));
  }

  /** Leaves z before the last unpooling, and the pooled values and switches that belong to it. */
  private void iterate(FeatureMaps y) {
    Checks.sameShape("image", r.imageShape(), y.shape());
    z.fill(0);
    double step = layer.step();
    double before = Double.NaN;
    for (int t = 0; t < layer.iterations(); t++) {
      if (t > 0) {
        unpoolCode();
      }
      double squared = reconstructionError(y);
      if (!Double.isFinite(squared)) {
        throw new SolverDivergedException(number, t + 1, before, squared, step);
      }
      before = squared;
      step = t == 0 ? step : guard(step);
      System.arraycopy(z.data(), 0, previousCode.data(), 0, z.data().length);
      System.arraycopy(error.data(), 0, previousError.data(), 0, error.data().length);
      r.adjoint(error, gradient);
      SoftThreshold.gradientStep(
          z.data(), gradient.data(), (float) step, (float) (step / layer.lambda()));
      MaxPool3d.pool(layer.pool(), z, pooled, switches);
    }
  }

  private void unpoolCode() {
    MaxPool3d.unpool(pooled, switches, z);
  }

  /** error ← R z − y; returns its squared norm. */
  private double reconstructionError(FeatureMaps y) {
    r.apply(z, error);
    float[] e = error.data();
    double sum = 0;
    for (int i = 0; i < e.length; i++) {
      e[i] -= y.data()[i];
      sum += (double) e[i] * e[i];
    }
    return sum;
  }

  private double guard(double step) {
    double moved = squaredDistance(z.data(), previousCode.data());
    double answered = squaredDistance(error.data(), previousError.data());
    return answered * step > moved ? MARGIN * moved / answered : step;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double even = 0;
    double odd = 0;
    int i = 0;
    // Two chains of additions: one alone waits for itself.
    for (; i + 1 < a.length; i += 2) {
      double d = a[i] - b[i];
      double e = a[i + 1] - b[i + 1];
      even += d * d;
      odd += e * e;
    }
    double last = i < a.length ? a[i] - b[i] : 0;
    return even + odd + last * last;
  }

  private CodeTrace trace(FeatureMaps y) {
    double squaredError = error.squaredNorm();
    return new CodeTrace(
        layer.lambda() / 2 * squaredError,
        pooled.absoluteSum(),
        squaredError,
        y.squaredNorm(),
        pooled.nonZeros(),
        z.data().length);
  }
}
