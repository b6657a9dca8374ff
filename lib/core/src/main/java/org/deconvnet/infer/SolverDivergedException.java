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

  private SolverDivergedException(String message) {
    super(message);
  }

  /** The same with the image's name, for whoever knows which of a corpus's files it is. */
  public SolverDivergedException inImage(String id) {
    SolverDivergedException named =
        new SolverDivergedException("image %s: %s".formatted(id, getMessage()));
    named.initCause(this);
    return named;
  }

  /**
   * @param now the squared norm that is not finite
   */
  static SolverDivergedException inHalfQuadraticSplitting(
      int layer, double beta, int step, double now) {
    return new SolverDivergedException(
        ("layer %d, half-quadratic splitting at beta %s, conjugate-gradient step %d: expected a"
                + " finite squared norm, got %s; check the code it started from and the size of"
                + " lambda")
            .formatted(layer, beta, step, now));
  }
}
