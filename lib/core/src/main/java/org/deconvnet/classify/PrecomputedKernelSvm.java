package org.deconvnet.classify;

import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_parameter;
import libsvm.svm_problem;
import org.deconvnet.tensor.Checks;

/**
 * A binary support vector machine with hinge loss on a kernel table, by libsvm. With y = ±1 it
 * solves the dual
 *
 * <pre>min over alpha: ½ Σ_ij alpha_i alpha_j y_i y_j K_ij − Σ_i alpha_i,
 * 0 ≤ alpha_i ≤ C, Σ_i y_i alpha_i = 0</pre>
 *
 * <p>Deterministic. Thread-safe: machines of several classes may be trained on one table at once.
 * Source: Cortes and Vapnik, 1995; Chang and Lin, LIBSVM, 2011, section 4.
 */
public final class PrecomputedKernelSvm {
  static {
    // libsvm reports every optimisation on standard output, which belongs to the program.
    svm.svm_set_print_string_function(text -> {});
  }

  private PrecomputedKernelSvm() {}

  /**
   * Trains one class against the rest.
   *
   * @param positive whether each training vector belongs to the class
   * @throws IllegalArgumentException if the labels do not fit the table or all are the same
   */
  public static BinaryMachine train(KernelTable table, boolean[] positive, SvmOptions options) {
    Checks.equal("svm: labels", table.size(), positive.length);
    int positives = 0;
    for (boolean p : positive) {
      positives += p ? 1 : 0;
    }
    if (positives == 0 || positives == positive.length) {
      throw new IllegalArgumentException(
          "svm: expected vectors of the class and of the rest, got %d of %d in the class"
              .formatted(positives, positive.length));
    }
    return machine(svm.svm_train(problem(table, positive), parameters(options)), positive.length);
  }

  private static svm_problem problem(KernelTable table, boolean[] positive) {
    svm_problem problem = new svm_problem();
    problem.l = positive.length;
    problem.x = table.rows();
    problem.y = new double[positive.length];
    for (int i = 0; i < positive.length; i++) {
      problem.y[i] = positive[i] ? 1 : -1;
    }
    return problem;
  }

  private static svm_parameter parameters(SvmOptions options) {
    svm_parameter parameters = new svm_parameter();
    parameters.svm_type = svm_parameter.C_SVC;
    parameters.kernel_type = svm_parameter.PRECOMPUTED;
    parameters.C = options.c();
    parameters.eps = options.tolerance();
    parameters.cache_size = options.cacheMegabytes();
    parameters.shrinking = 1;
    parameters.weight_label = new int[0];
    parameters.weight = new double[0];
    return parameters;
  }

  private static BinaryMachine machine(svm_model model, int size) {
    // The decision value speaks for label[0], and libsvm always puts +1 before -1 there.
    double[] alphaTimesLabel = new double[size];
    for (int i = 0; i < model.l; i++) {
      alphaTimesLabel[model.sv_indices[i] - 1] = model.sv_coef[0][i];
    }
    return new BinaryMachine(alphaTimesLabel, -model.rho[0]);
  }
}
