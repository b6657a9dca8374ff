package org.deconvnet.classify;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * One class against the rest: {@code score(x) = Σ_i (alpha_i y_i) · scale · K(x_i, x) + bias} over
 * the training vectors i, with y = ±1. The array is shared, not copied. Thread-safe as long as
 * nobody writes to it.
 */
public final class BinaryMachine implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] alphaTimesLabel;
  private final double bias;

  /**
   * @param alphaTimesLabel one number a training vector, zero where it is no support vector
   */
  public BinaryMachine(double[] alphaTimesLabel, double bias) {
    this.alphaTimesLabel = alphaTimesLabel;
    this.bias = bias;
  }

  /** (training vector), shared with the caller. */
  public double[] alphaTimesLabel() {
    return alphaTimesLabel;
  }

  public double bias() {
    return bias;
  }

  /**
   * The score of a vector; positive speaks for the class.
   *
   * @param kernelRow K(x_i, x) for every training vector i, before scaling
   * @param scale of the {@link KernelTable} that the machine was trained on
   */
  public double score(float[] kernelRow, double scale) {
    Checks.equal("machine: numbers in kernel row", alphaTimesLabel.length, kernelRow.length);
    double sum = 0;
    for (int i = 0; i < kernelRow.length; i++) {
      sum += alphaTimesLabel[i] * kernelRow[i];
    }
    return scale * sum + bias;
  }
}
