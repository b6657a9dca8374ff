package org.deconvnet.solve.splitting;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.operator.Masked;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.CodeProblem;
import org.deconvnet.solve.Fista;
import org.deconvnet.solve.OperatorNorm;
import org.deconvnet.solve.SolverOptions;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.solve.greedy.ImageSolver;
import org.deconvnet.solve.greedy.LocallyGreedyDescent;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * {@link Fista} on convex convolutional sparse coding, in rounds, each from where the one before
 * ended, until no coefficient would move by more than the tolerance. An iteration costs a dense
 * synthesis and its adjoint. Holds six dense codes. Not thread-safe.
 */
public final class FistaCoding implements ImageSolver {
  /** A round starts without momentum: fewer would not let it grow. */
  private static final int ROUND = 50;

  /** Power iteration knows the operator's norm from below. */
  private static final double MARGIN = 0.95;

  private static final long SEED = 1;

  private final ConvolutionEngine engine;
  private final FilterBank filters;
  private final Boundary boundary;
  private final WeightedL1 penalty;
  private final int iterations;
  private final LocallyGreedyDescent judge;

  private Shape image;
  private LinearMap synthesis;
  private double step;

  /**
   * @param filters connected in full, each of norm 1 at most
   * @param penalty κ, one a map
   * @param judge of the same problem, which says how good codes are; its tolerance holds
   * @param iterations at most
   */
  public FistaCoding(
      FilterBank filters,
      Boundary boundary,
      WeightedL1 penalty,
      LocallyGreedyDescent judge,
      int iterations,
      ConvolutionEngine engine) {
    Checks.atLeast("iterations", 1, iterations);
    this.engine = engine;
    this.filters = filters;
    this.boundary = boundary;
    this.penalty = penalty;
    this.iterations = iterations;
    this.judge = judge;
  }

  @Override
  public CodedImage code(FeatureMaps y, FeatureMaps mask, SparseMaps start) {
    Checks.finite("image", y);
    prepare(y.shape());
    LinearMap map = mask == null ? synthesis : new Masked(synthesis, mask);
    FeatureMaps seen = y.copy();
    if (mask != null) {
      Masked.hide(mask, y, seen);
    }
    FeatureMaps z = start.dense();
    for (int done = 0; ; ) {
      int round = Math.min(ROUND, iterations - done);
      fista(map, round).solve(seen, z);
      done += round;
      CodedImage found = judge.judged(y, mask, z.sparse(), done);
      if (done == iterations || found.certificate().settled()) {
        return found;
      }
    }
  }

  private void prepare(Shape shape) {
    if (!shape.equals(image)) {
      synthesis = new BoundedSynthesis(engine, filters, boundary, shape);
      double norm = OperatorNorm.estimate(synthesis, SEED);
      step = norm > 0 ? MARGIN / norm : 1;
      image = shape;
    }
  }

  private Fista fista(LinearMap map, int round) {
    CodeProblem problem = new CodeProblem("dictionary", map, 1, penalty);
    return new Fista(problem, step, SolverOptions.iterations(round));
  }
}
