package org.deconvnet.network.gradient;

import org.deconvnet.network.gradient.plan.Layout;
import org.deconvnet.solve.SolverDivergedException;

/** Stops a training that has come to numbers of no use. Immutable and thread-safe. */
public final class TrainingWatch {
  private TrainingWatch() {}

  /**
   * @param step updates made before, from 0
   * @throws SolverDivergedException if a loss is not finite
   */
  public static void requireFiniteLoss(long step, double loss) {
    if (!Double.isFinite(loss)) {
      throw diverged(step, "loss", loss, "the network's output");
    }
  }

  /**
   * @param what "gradient" or "parameter"
   * @throws SolverDivergedException naming the layer of the first number that is not finite
   */
  public static void requireFinite(long step, String what, Layout layout, float[] numbers) {
    layout.require("training: " + what, numbers);
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw diverged(step, what, numbers[i], layout.at(i).name());
      }
    }
  }

  static SolverDivergedException diverged(long step, String what, double got, String where) {
    return SolverDivergedException.inLearning(
        "training, step %d: expected a finite %s, got %s in %s; use a smaller rate, or go on from an earlier checkpoint with another seed"
            .formatted(step, what, got, where),
        null);
  }
}
