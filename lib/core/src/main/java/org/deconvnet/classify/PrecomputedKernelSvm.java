package org.deconvnet.classify;

import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_parameter;
import libsvm.svm_problem;
import org.deconvnet.tensor.Checks;

/**
 * The hinge-loss kernel SVM {@code min ½‖w‖² + C Σ max(0, 1 − y_i f(x_i))}, solved by libsvm on a
 * kernel table. Deterministic. Thread-safe.
 */
public final class PrecomputedKernelSvm {
  private static final int CACHE_MEGABYTES = 64;

  static {
    // libsvm prints each iteration otherwise.
    svm.svm_set_print_string_function(text -> {});
  }

  private final double c;
  private final double tolerance;

  public PrecomputedKernelSvm(double c, double tolerance) {
    Checks.positive("svm C", c);
    Checks.positive("svm tolerance", tolerance);
    this.c = c;
    this.tolerance = tolerance;
  }

  /**
   * Trains one class against the rest.
   *
   * @param positive true where a training image belongs to the class; both kinds must occur
   */
  public BinaryMachine train(KernelTable table, boolean[] positive) {
    Checks.equal("svm: labels", table.size(), positive.length);
    svm_problem problem = new svm_problem();
    problem.l = positive.length;
    problem.x = table.rows();
    problem.y = new double[positive.length];
    int positives = 0;
    for (int i = 0; i < positive.length; i++) {
      problem.y[i] = positive[i] ? 1 : -1;
      positives += positive[i] ? 1 : 0;
    }
    if (positives == 0 || positives == positive.length) {
      throw new IllegalArgumentException(
          "svm: expected images of the class and others, got %d of %d"
              .formatted(positives, positive.length));
    }
    return machine(svm.svm_train(problem, parameters()), table);
  }

  private svm_parameter parameters() {
    svm_parameter parameters = new svm_parameter();
    parameters.svm_type = svm_parameter.C_SVC;
    parameters.kernel_type = svm_parameter.PRECOMPUTED;
    parameters.C = c;
    parameters.eps = tolerance;
    parameters.cache_size = CACHE_MEGABYTES;
    parameters.shrinking = 1;
    return parameters;
  }

  private static BinaryMachine machine(svm_model model, KernelTable table) {
    // libsvm calls the label it met first positive.
    double sign = model.label[0] == 1 ? 1 : -1;
    double[] coefficients = new double[table.size()];
    for (int s = 0; s < model.l; s++) {
      int image = (int) model.SV[s][0].value - 1;
      coefficients[image] = sign * model.sv_coef[0][s] * table.scale();
    }
    return new BinaryMachine(coefficients, -sign * model.rho[0]);
  }
}
