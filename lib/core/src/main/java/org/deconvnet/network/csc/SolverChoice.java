package org.deconvnet.network.csc;

import java.io.Serializable;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.greedy.ImageSolver;
import org.deconvnet.solve.greedy.LocallyGreedyDescent;
import org.deconvnet.solve.splitting.Admm;
import org.deconvnet.solve.splitting.FistaCoding;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;

/**
 * Who codes images once the dictionary is learned. All minimise the same objective, and stop at the
 * same tolerance.
 *
 * @param method of them
 * @param iterations at most, of the methods that change all coefficients at once
 */
public record SolverChoice(Method method, int iterations) implements Serializable {
  /** Coordinate descent. */
  public static final SolverChoice DEFAULTS = new SolverChoice(Method.GREEDY, 1000);

  private static final int DENSE_CODES = 5;

  /** The ways to a code. */
  public enum Method {
    /** {@link LocallyGreedyDescent}: changes one coefficient at a time. */
    GREEDY,
    /** {@link FistaCoding}: proximal gradient with momentum. */
    FISTA,
    /** {@link Admm}: alternating direction method of multipliers. */
    ADMM
  }

  public SolverChoice {
    Checks.atLeast("iterations", 1, iterations);
  }

  /** How many dense codes the method holds, besides the one that coordinate descent does. */
  int denseCodes() {
    return method == Method.GREEDY ? 0 : DENSE_CODES;
  }

  /**
   * @param greedy of the same dictionary, which says how good codes are
   */
  ImageSolver solver(LocallyGreedyDescent greedy, CscLayer layer, ConvolutionEngine engine) {
    FilterBank filters = layer.filters();
    CodingOptions coding = layer.coding();
    WeightedL1 penalty = coding.penalty();
    return switch (method) {
      case GREEDY -> greedy;
      case FISTA ->
          new FistaCoding(filters, coding.boundary(), penalty, greedy, iterations, engine);
      case ADMM -> new Admm(filters, coding.boundary(), penalty, greedy, iterations, engine);
    };
  }
}
