package org.deconvnet.infer;

/** Inference produced numbers that are not finite. */
public final class SolverDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SolverDivergedException(int layer, int iteration, double before, double now, double step) {
    super(
        ("layer %d, ISTA iteration %d: expected a finite squared error, got %s (before: %s, step %s);"
                + " use a smaller step, or let it be set from the operator norm (step: 0)")
            .formatted(layer, iteration, now, before, step));
  }
}
