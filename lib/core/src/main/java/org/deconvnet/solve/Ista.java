package org.deconvnet.solve;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.penalty.Penalty;
import org.deconvnet.penalty.Proximal;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Iterative shrinkage-thresholding with pooling, the inference of the adaptive deconvolutional
 * network (Zeiler et al., ICCV 2011, section 2.3 and algorithm 1). Minimises, for one image y,
 *
 * <pre>λ/2 ‖A z − y‖² + penalty(z),   z = U_s p</pre>
 *
 * <p>One iteration: e = A z − y, g = Aᵀ e; z ← prox(z − step·g); [p, s] = P(z); z ← U_s p. z is
 * never written down: it is p at s. The plain way is {@link
 * org.deconvnet.solve.reference.DenseIsta}.
 *
 * <p>With {@link Shrinkage#momentum} a step starts from v = z + β (z − z⁻), z⁻ being the code
 * before, and begins anew from z where the objective has risen. As A is linear, A v − y = e + β (e
 * − e⁻): momentum costs no operation, only a pass over an image.
 *
 * <p>The step is guarded: two successive codes give a Rayleigh quotient ‖A Δz‖²/‖Δz‖², a lower
 * bound of the operator norm; where it shows the step to be too long, the step is shortened for the
 * rest of this image. Holds the gradient (as large as z), three images and two pooled codes, and
 * one more code where the penalty does not {@link Penalty#keepsOrder}; allocates nothing in
 * iterations, a new step apart. Not thread-safe.
 */
public final class Ista implements CodeSolver {
  /** Steps stay this far below the inverse of a norm known from below only. */
  public static final double MARGIN = 0.95;

  private final CodeProblem problem;
  private final LinearMap map;
  private final double firstStep;
  private final SolverOptions options;
  private final Shrinkage shrinkage;
  private final IterationWatch watch;
  private final Momentum momentum = new Momentum();
  private final PooledProximal pooledProximal;
  private final PooledCode code;
  private final FeatureMaps gradient;
  private FeatureMaps error;
  private FeatureMaps previousError;
  private float step;
  private float scale;
  private Proximal proximal;

  /** With the paper's steps alone. */
  public Ista(
      CodeProblem problem,
      PoolSize pool,
      double step,
      SolverOptions options,
      ArrayKernels kernels) {
    this(problem, pool, step, options, Shrinkage.PLAIN, kernels);
  }

  /**
   * @param step gradient step on ½‖A z − y‖²; safe below 1/‖AᵀA‖
   * @param kernels of the engine that {@code problem} works with
   */
  public Ista(
      CodeProblem problem,
      PoolSize pool,
      double step,
      SolverOptions options,
      Shrinkage shrinkage,
      ArrayKernels kernels) {
    Checks.positive("step", step);
    this.problem = problem;
    this.map = problem.map();
    this.firstStep = step;
    this.options = options;
    this.shrinkage = shrinkage;
    this.watch = new IterationWatch(options);
    this.pooledProximal = new PooledProximal(problem.penalty(), pool, kernels, map.domain());
    this.code = new PooledCode(pool, map.domain());
    this.gradient = FeatureMaps.zeros(map.domain());
    this.error = FeatureMaps.zeros(map.range());
    this.previousError = FeatureMaps.zeros(map.range());
  }

  /**
   * Bytes that coding one image takes at least, its code included: the gradient as large as z, the
   * error now and before, and three pooled codes with their switches, all of four bytes a number.
   *
   * @param image (C, H, W)
   * @param maps shape of z, (K, H+s−1, W+s−1)
   */
  public static long bytes(Shape image, Shape maps, PoolSize pool) {
    return Float.BYTES * ((long) maps.size() + 2L * image.size() + 6L * pool.pooled(maps).size());
  }

  /**
   * Infers the code of an image, starting from z = 0.
   *
   * @param y image, (C, H, W)
   * @return newly allocated
   * @throws SolverDivergedException if the error stops being finite
   */
  public SparseCode infer(FeatureMaps y) {
    code.clear();
    iterate(y);
    return new SparseCode(code.values().copy(), code.switches().copy(), trace(y));
  }

  /**
   * As {@link #infer(FeatureMaps)}, and also the feature maps before the last pooling, where
   * responses are still dense: what descriptors are taken from.
   *
   * @param responses receives them, (K, H+s−1, W+s−1)
   */
  public SparseCode infer(FeatureMaps y, FeatureMaps responses) {
    SparseCode inferred = infer(y);
    proximal.apply(gradient.data(), -step, responses.data());
    multiply(responses.data(), scale);
    return inferred;
  }

  /** {@inheritDoc} Of the code to start from, each pooling block keeps the strongest entry. */
  @Override
  public CodeTrace solve(FeatureMaps y, FeatureMaps z) {
    Checks.sameShape("code", map.domain(), z.shape());
    pooledProximal.poolAlone(z, code);
    iterate(y);
    code.switches().unpool(code.values(), z);
    return trace(y);
  }

  /** Leaves −v/step in {@link #gradient}, and the error of the new code. */
  private void iterate(FeatureMaps y) {
    Checks.sameShape("image", map.range(), y.shape());
    moveBy((float) firstStep);
    watch.start();
    descend(y);
    scale = 1;
    if (shrinkage.refit()) {
      refit(y);
    }
  }

  private void descend(FeatureMaps y) {
    momentum.start();
    double objective = Double.POSITIVE_INFINITY;
    double before = Double.NaN;
    for (int done = 0; ; done++) {
      double squared = reconstructionError(y);
      requireFinite(done, before, squared);
      boolean settled = heardOf(done, squared);
      if (settled || done == options.iterations()) {
        return;
      }
      before = squared;
      if (done > 0) {
        guard();
      }
      if (shrinkage.momentum()) {
        double now = problem.lambda() / 2 * squared + pooledProximal.value(code);
        moveOn(beta(now > objective));
        objective = now;
      } else {
        moveOn(0);
      }
    }
  }

  private float beta(boolean risen) {
    if (risen) {
      momentum.start();
    }
    return momentum.next();
  }

  private void moveBy(float length) {
    if (proximal == null || step != length) {
      step = length;
      proximal = problem.penalty().proximal(step, problem.lambda());
    }
  }

  private void requireFinite(int done, double before, double squared) {
    if (!Double.isFinite(squared)) {
      throw SolverDivergedException.inIsta(problem.name(), done + 1, before, squared, step);
    }
  }

  private boolean heardOf(int done, double squared) {
    if (watch.idle()) {
      return false;
    }
    double dataTerm = problem.lambda() / 2 * squared;
    double sparsity = pooledProximal.value(code);
    watch.report(done, dataTerm, sparsity, step);
    return watch.settled(dataTerm + sparsity);
  }

  /** z ← U P prox(v − step·g): v joins the gradient, and the next code is drawn. */
  private void moveOn(float beta) {
    if (beta == 0) {
      map.adjoint(error, gradient);
    } else {
      lookAhead(beta);
      map.adjoint(previousError, gradient);
      code.subtractBefore(-beta / step, gradient);
    }
    code.turn();
    FeatureMaps lastError = error;
    error = previousError;
    previousError = lastError;
    code.subtractBefore((1 + beta) / step, gradient);
    pooledProximal.draw(gradient, step, proximal, code);
  }

  /** e⁻ ← e + β (e − e⁻), the error of v; e⁻ is not asked for again. */
  private void lookAhead(float beta) {
    float[] e = error.data();
    float[] ahead = previousError.data();
    for (int i = 0; i < e.length; i++) {
      ahead[i] = e[i] + beta * (e[i] - ahead[i]);
    }
  }

  /** z ← c z for the c that brings A z nearest to y; a code that is no help stays as it is. */
  private void refit(FeatureMaps y) {
    float[] e = error.data();
    double agreement = 0;
    double squares = 0;
    for (int i = 0; i < e.length; i++) {
      double drawn = (double) e[i] + y.data()[i];
      agreement += drawn * y.data()[i];
      squares += drawn * drawn;
    }
    if (!(agreement > 0)) {
      return;
    }
    scale = (float) (agreement / squares);
    multiply(code.values().data(), scale);
    for (int i = 0; i < e.length; i++) {
      e[i] = scale * (e[i] + y.data()[i]) - y.data()[i];
    }
  }

  private static void multiply(float[] numbers, float factor) {
    if (factor != 1) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] *= factor;
      }
    }
  }

  /** error ← A z − y; returns its squared norm. */
  private double reconstructionError(FeatureMaps y) {
    map.applyEntries(code.switches().index(), code.values().data(), error);
    float[] e = error.data();
    float[] image = y.data();
    for (int i = 0; i < e.length; i++) {
      e[i] -= image[i];
    }
    return error.squaredNorm();
  }

  private void guard() {
    double moved = code.squaredMove();
    double answered = error.squaredDistance(previousError);
    if (answered * step > moved) {
      moveBy((float) (MARGIN * moved / answered));
    }
  }

  private CodeTrace trace(FeatureMaps y) {
    double squaredError = error.squaredNorm();
    return new CodeTrace(
        problem.lambda() / 2 * squaredError,
        pooledProximal.value(code),
        squaredError,
        y.squaredNorm(),
        code.values().nonZeros(),
        map.domain().size());
  }
}
