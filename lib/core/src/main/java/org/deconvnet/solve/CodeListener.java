package org.deconvnet.solve;

/** Hears of every iteration of a {@link CodeSolver}, on the thread that solves. */
@FunctionalInterface
public interface CodeListener {
  /** Hears nothing: the solver then does not compute what it would say. */
  CodeListener SILENT = (iteration, dataTerm, sparsity, step) -> {};

  /**
   * @param iteration iterations done so far; {@link Ista} also tells of 0, where it starts from
   * @param dataTerm λ/2 ‖A z − y‖² after it
   * @param sparsity the penalty's value after it
   * @param step the number that the solver moves by: of {@link Ista} its gradient step, of {@link
   *     HalfQuadraticSplitting} the round's β
   */
  void iterationDone(int iteration, double dataTerm, double sparsity, double step);
}
