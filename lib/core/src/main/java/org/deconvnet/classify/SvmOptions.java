package org.deconvnet.classify;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * How a support vector machine is trained.
 *
 * @param c cost C of a margin violation, for a kernel of mean diagonal 1
 * @param tolerance the largest violation of the optimality conditions at which training stops
 * @param cacheMegabytes memory for kernel rows while one machine is trained
 */
public record SvmOptions(double c, double tolerance, double cacheMegabytes)
    implements Serializable {
  /** C = 10, tolerance 10^−3, 64 megabytes. */
  public static final SvmOptions DEFAULTS = new SvmOptions(10, 1e-3, 64);

  public SvmOptions {
    Checks.positive("svm c", c);
    Checks.positive("svm tolerance", tolerance);
    Checks.positive("svm cache megabytes", cacheMegabytes);
  }
}
