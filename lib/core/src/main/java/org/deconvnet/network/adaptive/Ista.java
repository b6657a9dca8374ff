package org.deconvnet.network.adaptive;

import org.deconvnet.operator.Switches;
import org.deconvnet.penalty.SoftThreshold;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Iterative shrinkage-thresholding for one layer of an adaptive deconvolutional network (Zeiler et
 * al., ICCV 2011, section 2.3 and algorithm 1). Minimises, for one image y,
 *
 * <pre>C_l(y) = λ/2 ‖R_l z − y‖² + |z|₁,   z = U_s p</pre>
 *
 * <p>One iteration: e = R z − y, g = Rᵀ e; z ← soft(z − step·g, step/λ); [p, s] = P(z); z ← U_s p.
 * The switches of the layers below stay as they are inside R. z is never written down: it is p at
 * s.
 *
 * <p>The step is guarded: two successive codes give a Rayleigh quotient ‖R Δz‖²/‖Δz‖², a lower
 * bound of the operator norm; where it shows the step to be too long, the step is shortened for the
 * rest of this image. Holds the workspace of one image shape: the gradient (as large as z), three
 * images and two codes; allocates nothing in iterations. Not thread-safe.
 */
public final class Ista {
  /** Steps stay this far below the inverse of a norm known from below only. */
  public static final double MARGIN = 0.95;

  private final Reconstruction r;
  private final AdaptiveLayer layer;
  private final int number;
  private final ShrinkAndPool shrinkAndPool;
  private final FeatureMaps gradient;
  private FeatureMaps error;
  private FeatureMaps previousError;
  private FeatureMaps pooled;
  private FeatureMaps previousPooled;
  private Switches switches;
  private Switches previousSwitches;
  private float step;

  /**
   * @param r the reconstruction whose top layer is {@code layer}
   * @param number the layer's number, for messages
   */
  public Ista(Reconstruction r, AdaptiveLayer layer, int number) {
    this.r = r;
    this.layer = layer;
    this.number = number;
    this.shrinkAndPool = new ShrinkAndPool(r.engine(), layer.pool());
    this.gradient = FeatureMaps.zeros(r.mapShape());
    this.error = FeatureMaps.zeros(r.imageShape());
    this.previousError = FeatureMaps.zeros(r.imageShape());
    Shape pooledShape = layer.pool().pooled(r.mapShape());
    this.pooled = FeatureMaps.zeros(pooledShape);
    this.previousPooled = FeatureMaps.zeros(pooledShape);
    this.switches = Switches.allocate(pooledShape, r.mapShape());
    this.previousSwitches = Switches.allocate(pooledShape, r.mapShape());
  }

  /**
   * Infers the code of an image, starting from z = 0.
   *
   * @param y image, (C, H, W)
   * @return newly allocated
   * @throws SolverDivergedException if the error stops being finite
   */
  public SparseCode infer(FeatureMaps y) {
    double before = iterate(y);
    requireFinite(layer.iterations(), before, reconstructionError(y));
    return new SparseCode(pooled.copy(), switches.copy(), trace(y));
  }

  /**
   * As {@link #infer(FeatureMaps)}, and also the feature maps before the last pooling, where
   * responses are still dense: what descriptors are taken from.
   *
   * @param responses receives them, (K, H+s−1, W+s−1)
   */
  public SparseCode infer(FeatureMaps y, FeatureMaps responses) {
    SparseCode code = infer(y);
    float threshold = (float) (step / layer.lambda());
    SoftThreshold.shrink(gradient.data(), -step, threshold, responses.data());
    return code;
  }

  /**
   * Leaves the code in {@link #pooled} and {@link #switches}, and −v/step in {@link #gradient}.
   * Returns the squared error before the last iteration.
   */
  private double iterate(FeatureMaps y) {
    Checks.sameShape("image", r.imageShape(), y.shape());
    pooled.fill(0);
    step = (float) layer.step();
    double before = Double.NaN;
    for (int t = 0; t < layer.iterations(); t++) {
      double squared = reconstructionError(y);
      requireFinite(t, before, squared);
      before = squared;
      if (t > 0) {
        guard();
      }
      r.adjoint(error, gradient);
      moveOn();
    }
    return before;
  }

  private void requireFinite(int iterationsDone, double before, double squared) {
    if (!Double.isFinite(squared)) {
      throw new SolverDivergedException(number, iterationsDone + 1, before, squared, step);
    }
  }

  /** z ← U P soft(z − step·g): the present code joins the gradient, and the next one is drawn. */
  private void moveOn() {
    swap();
    int[] index = previousSwitches.index();
    float[] values = previousPooled.data();
    float[] g = gradient.data();
    float perStep = 1 / step;
    for (int i = 0; i < index.length; i++) {
      g[index[i]] -= values[i] * perStep;
    }
    shrinkAndPool.pool(gradient, step, (float) (step / layer.lambda()), pooled, switches);
  }

  private void swap() {
    FeatureMaps code = pooled;
    pooled = previousPooled;
    previousPooled = code;
    Switches places = switches;
    switches = previousSwitches;
    previousSwitches = places;
    FeatureMaps lastError = error;
    error = previousError;
    previousError = lastError;
  }

  /** error ← R z − y; returns its squared norm. */
  private double reconstructionError(FeatureMaps y) {
    r.applyEntries(switches.index(), pooled.data(), error);
    float[] e = error.data();
    float[] image = y.data();
    for (int i = 0; i < e.length; i++) {
      e[i] -= image[i];
    }
    return error.squaredNorm();
  }

  private void guard() {
    double moved = movedCode();
    double answered = error.squaredDistance(previousError);
    if (answered * step > moved) {
      step = (float) (MARGIN * moved / answered);
    }
  }

  /** ‖Δz‖²: a pooling block holds one entry before and one after, in one place or in two. */
  private double movedCode() {
    float[] now = pooled.data();
    float[] before = previousPooled.data();
    double sum = 0;
    for (int i = 0; i < now.length; i++) {
      boolean stayed = switches.index()[i] == previousSwitches.index()[i];
      double squares = (double) now[i] * now[i] + (double) before[i] * before[i];
      sum += stayed ? squares - 2.0 * now[i] * before[i] : squares;
    }
    return sum;
  }

  private CodeTrace trace(FeatureMaps y) {
    double squaredError = error.squaredNorm();
    return new CodeTrace(
        layer.lambda() / 2 * squaredError,
        pooled.absoluteSum(),
        squaredError,
        y.squaredNorm(),
        pooled.nonZeros(),
        r.mapShape().size());
  }
}
