package org.deconvnet.solve;

/** Inference or learning produced numbers that are not finite, or worse than none. */
public final class SolverDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

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
   * @param problem its name
   * @param before the squared error one iteration ago
   * @param now the squared error that is not finite
   */
  static SolverDivergedException inIsta(
      String problem, int iteration, double before, double now, double step) {
    return new SolverDivergedException(
        ("%s, ISTA iteration %d: expected a finite squared error, got %s (before: %s, step %s);"
                + " use a smaller step, or let it be set from the operator norm (step: 0)")
            .formatted(problem, iteration, now, before, step),
        null);
  }

  /**
   * @param problem its name
   * @param now the squared norm that is not finite
   */
  static SolverDivergedException inHalfQuadraticSplitting(
      String problem, double beta, int step, double now) {
    return new SolverDivergedException(
        ("%s, half-quadratic splitting at beta %s, conjugate-gradient step %d: expected a"
                + " finite squared norm, got %s; check the code it started from and the size of"
                + " lambda")
            .formatted(problem, beta, step, now),
        null);
  }
}
