package org.deconvnet.solve;

/** Inference or learning produced numbers that are not finite, or worse than none. */
public final class SolverDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SolverDivergedException(int layer, int iteration, double before, double now, double step) {
    super(
        ("layer %d, ISTA iteration %d: expected a finite squared error, got %s (before: %s, step %s);"
                + " use a smaller step, or let it be set from the operator norm (step: 0)")
            .formatted(layer, iteration, now, before, step));
  }

  private SolverDivergedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same with the image's name, for whoever knows which of a corpus's files it is. */
  public SolverDivergedException inImage(String id) {
    return inLearning("image %s: %s".formatted(id, getMessage()), this);
  }

  /**
   * Learning came to numbers that are of no use.
   *
   * @param message where it stood, the numbers, what to do
   * @param cause null where learning itself found out
   */
  public static SolverDivergedException inLearning(String message, Throwable cause) {
    return new SolverDivergedException(message, cause);
  }

  /**
   * @param now the squared norm that is not finite
   */
  public static SolverDivergedException inHalfQuadraticSplitting(
      int layer, double beta, int step, double now) {
    return new SolverDivergedException(
        ("layer %d, half-quadratic splitting at beta %s, conjugate-gradient step %d: expected a"
                + " finite squared norm, got %s; check the code it started from and the size of"
                + " lambda")
            .formatted(layer, beta, step, now),
        null);
  }
}
