package org.deconvnet.solve;

import org.deconvnet.operator.LinearMap;
import org.deconvnet.penalty.Proximal;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The fast iterative shrinkage-thresholding algorithm (Beck and Teboulle, SIAM J. Imaging Sciences
 * 2009, section 4) with restarts where momentum points uphill (O'Donoghue and Candès, Foundations
 * of Computational Mathematics 2015, section 3.2). Minimises, for one image y,
 *
 * <pre>λ/2 ‖A z − y‖² + penalty(z)</pre>
 *
 * <p>One iteration: z⁺ = prox(v − t Aᵀ(A v − y)), θ⁺ = (1 + √(1 + 4θ²))/2, v ← z⁺ + (θ−1)/θ⁺ (z⁺ −
 * z). For convex penalties F(z) − F* falls as the square of the iterations. Holds four codes and an
 * image; allocates nothing in iterations. Not thread-safe.
 */
public final class Fista implements CodeSolver {
  private final CodeProblem problem;
  private final LinearMap map;
  private final SolverOptions options;
  private final IterationWatch watch;
  private final float step;
  private final Proximal proximal;
  private final FeatureMaps error;
  private final FeatureMaps gradient;
  private final FeatureMaps ahead;
  private final FeatureMaps next;
  private final Momentum momentum = new Momentum();

  /**
   * @param step gradient step on ½‖A z − y‖², at most 1/‖AᵀA‖
   */
  public Fista(CodeProblem problem, double step, SolverOptions options) {
    Checks.positive("step", step);
    this.problem = problem;
    this.map = problem.map();
    this.options = options;
    this.watch = new IterationWatch(options);
    this.step = (float) step;
    this.proximal = problem.penalty().proximal(step, problem.lambda());
    this.error = FeatureMaps.zeros(map.range());
    this.gradient = FeatureMaps.zeros(map.domain());
    this.ahead = FeatureMaps.zeros(map.domain());
    this.next = FeatureMaps.zeros(map.domain());
  }

  @Override
  public CodeTrace solve(FeatureMaps y, FeatureMaps z) {
    Checks.sameShape("image", map.range(), y.shape());
    Checks.sameShape("code", map.domain(), z.shape());
    System.arraycopy(z.data(), 0, ahead.data(), 0, z.data().length);
    watch.start();
    momentum.start();
    for (int done = 1; done <= options.iterations(); done++) {
      leaveError(ahead, y);
      map.adjoint(error, gradient);
      drawNext();
      moveOn(z, beta(momentumPointsUphill(z)));
      if (heardOf(done, y, z)) {
        break;
      }
    }
    return trace(y, z);
  }

  private float beta(boolean uphill) {
    if (uphill) {
      momentum.start();
      return 0;
    }
    return momentum.next();
  }

  /** error ← A z − y. */
  private void leaveError(FeatureMaps z, FeatureMaps y) {
    map.apply(z, error);
    float[] e = error.data();
    for (int i = 0; i < e.length; i++) {
      e[i] -= y.data()[i];
    }
  }

  private void drawNext() {
    float[] v = ahead.data();
    float[] g = gradient.data();
    for (int i = 0; i < g.length; i++) {
      g[i] = v[i] - step * g[i];
    }
    proximal.apply(g, 1, next.data());
  }

  private boolean momentumPointsUphill(FeatureMaps z) {
    double product = 0;
    for (int i = 0; i < z.data().length; i++) {
      double move = (double) next.data()[i] - z.data()[i];
      product += ((double) ahead.data()[i] - next.data()[i]) * move;
    }
    return product > 0;
  }

  private void moveOn(FeatureMaps z, float momentum) {
    float[] last = z.data();
    float[] now = next.data();
    float[] v = ahead.data();
    for (int i = 0; i < last.length; i++) {
      v[i] = now[i] + momentum * (now[i] - last[i]);
      last[i] = now[i];
    }
  }

  private boolean heardOf(int done, FeatureMaps y, FeatureMaps z) {
    if (watch.idle()) {
      return false;
    }
    CodeTrace trace = trace(y, z);
    watch.report(done, trace.dataTerm(), trace.sparsity(), step);
    return watch.settled(trace.objective());
  }

  private CodeTrace trace(FeatureMaps y, FeatureMaps z) {
    leaveError(z, y);
    double squaredError = error.squaredNorm();
    if (!Double.isFinite(squaredError)) {
      throw SolverDivergedException.inIsta(
          problem.name(), options.iterations(), Double.NaN, squaredError, step);
    }
    return new CodeTrace(
        problem.lambda() / 2 * squaredError,
        problem.penalty().value(z.data()),
        squaredError,
        y.squaredNorm(),
        z.nonZeros(),
        z.shape().size());
  }
}
