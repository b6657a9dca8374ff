package org.deconvnet.solve;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * When a {@link CodeSolver} stops, and who hears of it.
 *
 * @param iterations at most: steps of {@link Ista}, passes of {@link HalfQuadraticSplitting}
 *     through its schedule
 * @param tolerance stops as soon as an iteration changes the objective by no more than this share
 *     of it; 0: never before the last iteration
 * @param listener hears of every iteration
 */
public record SolverOptions(int iterations, double tolerance, CodeListener listener) {
  public SolverOptions {
    Checks.atLeast("iterations", 1, iterations);
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new UserErrorException("tolerance: expected 0 <= tolerance < 1, got " + tolerance);
    }
  }

  /** So many iterations, neither fewer nor heard of. */
  public static SolverOptions iterations(int count) {
    return new SolverOptions(count, 0, CodeListener.SILENT);
  }

  public SolverOptions withTolerance(double newTolerance) {
    return new SolverOptions(iterations, newTolerance, listener);
  }

  public SolverOptions withListener(CodeListener newListener) {
    return new SolverOptions(iterations, tolerance, newListener);
  }
}
