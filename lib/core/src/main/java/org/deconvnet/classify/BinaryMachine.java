package org.deconvnet.classify;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/** One class against the rest: {@code score(x) = Σ_i a_i k(x_i, x) + b}. Immutable. */
public final class BinaryMachine implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] coefficients;
  private final double bias;

  /**
   * @param coefficients label times α times the kernel's scale, one a training image
   */
  public BinaryMachine(double[] coefficients, double bias) {
    this.coefficients = coefficients.clone();
    this.bias = bias;
  }

  public double[] coefficients() {
    return coefficients.clone();
  }

  public double bias() {
    return bias;
  }

  /**
   * @param kernelRow raw kernel values against the training images
   */
  public double score(float[] kernelRow) {
    Checks.equal("kernel row: training images", coefficients.length, kernelRow.length);
    double sum = bias;
    for (int i = 0; i < coefficients.length; i++) {
      sum += coefficients[i] * kernelRow[i];
    }
    return sum;
  }
}
