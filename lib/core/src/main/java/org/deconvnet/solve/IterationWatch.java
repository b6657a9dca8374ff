package org.deconvnet.solve;

/** Tells the listener of an image's iterations, and whether its objective has settled. */
final class IterationWatch {
  private final SolverOptions options;
  private double last;

  IterationWatch(SolverOptions options) {
    this.options = options;
  }

  /** Another image. */
  void start() {
    last = Double.NaN;
  }

  /** Nobody wants to know the objective. */
  boolean idle() {
    return options.tolerance() == 0 && options.listener() == CodeListener.SILENT;
  }

  void report(int iteration, double dataTerm, double sparsity, double step) {
    options.listener().iterationDone(iteration, dataTerm, sparsity, step);
  }

  /** Whether the objective has hardly changed since the last call; not in an image's first one. */
  boolean settled(double objective) {
    boolean settled =
        options.tolerance() > 0
            && Math.abs(last - objective) <= options.tolerance() * Math.abs(objective);
    last = objective;
    return settled;
  }
}
