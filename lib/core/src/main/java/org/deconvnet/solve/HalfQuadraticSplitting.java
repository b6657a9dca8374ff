package org.deconvnet.solve;

import java.util.List;
import org.deconvnet.penalty.Proximal;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Half-quadratic splitting, the inference of the deconvolutional network (Zeiler, Krishnan, Taylor
 * and Fergus, CVPR 2010, section 2.2). Minimises, for one image y,
 *
 * <pre>λ/2 ‖A z − y‖² + penalty(z)</pre>
 *
 * <p>A second code x takes the sparsity term and is held to z by β/2 ‖z − x‖². For one β after the
 * other, first x ← the penalty's {@linkplain Proximal proximal operator} at z, then z ←
 * conjugate-gradient steps, from the present z, on (λAᵀA + βI) z = λAᵀy + βx. The code of the paper
 * is z, which is dense; x is sparse. The plain way is {@link
 * org.deconvnet.solve.reference.DenseHqs}.
 *
 * <p>A listener hears of each round, of its β, and of the sparsity of x; the tolerance is held
 * against the objective from pass to pass. Holds the workspace of one image shape, five times the
 * code and two images; allocates nothing in iterations. Not thread-safe.
 */
public final class HalfQuadraticSplitting implements CodeSolver {
  private final CodeProblem problem;
  private final BetaSchedule schedule;
  private final SolverOptions options;
  private final IterationWatch watch;
  private final CodeQuadratic quadratic;
  private final List<Proximal> proximals;
  private final FeatureMaps x;

  /**
   * @param options passes through the schedule, each from where the one before ended
   */
  public HalfQuadraticSplitting(CodeProblem problem, BetaSchedule schedule, SolverOptions options) {
    this.problem = problem;
    this.schedule = schedule;
    this.options = options;
    this.watch = new IterationWatch(options);
    this.quadratic = new CodeQuadratic(problem);
    this.proximals =
        schedule.betas().stream().map(beta -> problem.penalty().proximal(1, beta)).toList();
    this.x = FeatureMaps.zeros(problem.map().domain());
  }

  /**
   * Bytes that coding one image takes at least: six codes, its own included, and two images, all of
   * four bytes a number.
   *
   * @param image (C, H, W)
   * @param maps shape of z, (K, H+s−1, W+s−1)
   */
  public static long bytes(Shape image, Shape maps) {
    return Float.BYTES * (6L * maps.size() + 2L * image.size());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a pixel is not finite, too
   */
  @Override
  public CodeTrace solve(FeatureMaps y, FeatureMaps z) {
    Checks.sameShape("image", problem.map().range(), y.shape());
    Checks.sameShape("code", x.shape(), z.shape());
    Checks.finite("image", y);
    watch.start();
    boolean settled = false;
    for (int pass = 0; pass < options.iterations() && !settled; pass++) {
      pass(pass * schedule.rounds(), y, z);
      settled = !watch.idle() && watch.settled(dataTerm() + problem.penalty().value(x.data()));
    }
    return trace(y, z);
  }

  /** Once through the schedule. */
  private void pass(int roundsBefore, FeatureMaps y, FeatureMaps z) {
    quadratic.start(y, z);
    int last = schedule.rounds() - 1;
    for (int round = 0; round <= last; round++) {
      double beta = schedule.beta(round);
      proximals.get(round).apply(z.data(), 1, x.data());
      quadratic.minimise(z.data(), x.data(), beta, schedule, round == last);
      if (!watch.idle()) {
        double sparsity = problem.penalty().value(x.data());
        watch.report(roundsBefore + round + 1, dataTerm(), sparsity, beta);
      }
    }
    requireFinite(quadratic.error().squaredNorm());
  }

  private double dataTerm() {
    return problem.lambda() / 2 * quadratic.error().squaredNorm();
  }

  private void requireFinite(double squaredError) {
    if (!Double.isFinite(squaredError)) {
      double beta = schedule.beta(schedule.rounds() - 1);
      throw SolverDivergedException.inHalfQuadraticSplitting(
          problem.name(), beta, schedule.cgSteps(), squaredError);
    }
  }

  /** The sparse code x of the last call, (K, H+s−1, W+s−1), until the next one. Shared. */
  public FeatureMaps sparse() {
    return x;
  }

  private CodeTrace trace(FeatureMaps y, FeatureMaps z) {
    double squaredError = quadratic.error().squaredNorm();
    return new CodeTrace(
        problem.lambda() / 2 * squaredError,
        problem.penalty().value(z.data()),
        squaredError,
        y.squaredNorm(),
        x.nonZeros(),
        x.data().length);
  }
}
