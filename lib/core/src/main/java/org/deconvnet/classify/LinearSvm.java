package org.deconvnet.classify;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.tensor.Checks;

/**
 * Linear support vector machines with squared hinge loss on sparse vectors, by LIBLINEAR. With y =
 * ±1 and x̃ = (x, 1), one machine minimises over w
 *
 * <pre>½ |w|² + C Σ_i max(0, 1 − y_i ⟨w, x̃_i⟩)²</pre>
 *
 * <p>Time grows with the vectors' entries; no matrix of pairs is made. LIBLINEAR holds an entry in
 * about 28 bytes, once a process, from the first machine on. Deterministic. Thread-safe: machines
 * of several classes may be trained at once. Source: Fan et al., LIBLINEAR, JMLR 2008; Hsieh et
 * al., A dual coordinate descent method for large-scale linear SVM, ICML 2008.
 */
public final class LinearSvm implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Where nobody says another: C = 10, which suits kernel machines, lost 2.5 to 5.1 points on
   * sparse pyramids (docs/results/linear.md).
   */
  public static final double C = 1;

  /** Of LIBLINEAR's own programs. */
  private static final double TOLERANCE = 0.1;

  private static final int MOST_PASSES = 1000;

  static {
    // LIBLINEAR reports every pass on standard output, which belongs to the program.
    Linear.disableDebugOutput();
  }

  private final int size;
  private final List<SparseHistogram> vectors;
  private transient Feature[][] features;

  /**
   * @param vectors training vectors of one size; shared, not copied
   */
  public LinearSvm(List<SparseHistogram> vectors) {
    Checks.atLeast("linear svm: vectors", 1, vectors.size());
    this.size = vectors.get(0).size();
    vectors.forEach(vector -> Checks.equal("linear svm: size", size, vector.size()));
    this.vectors = vectors;
  }

  /**
   * Trains one class against the rest.
   *
   * @param positive whether each training vector belongs to the class
   * @param c C, above 0, for vectors of mean squared length 1
   * @throws IllegalArgumentException if all vectors are of the class, or none
   */
  public LinearMachine train(boolean[] positive, double c) {
    Checks.equal("linear svm: labels", vectors.size(), positive.length);
    Problem problem = new Problem();
    problem.l = positive.length;
    problem.n = size + 1;
    problem.bias = 1;
    problem.x = features();
    problem.y = new double[positive.length];
    boolean[] seen = new boolean[2];
    for (int i = 0; i < positive.length; i++) {
      problem.y[i] = positive[i] ? 1 : -1;
      seen[positive[i] ? 1 : 0] = true;
    }
    if (!seen[0] || !seen[1]) {
      throw new IllegalArgumentException(
          "linear svm: expected vectors of the class and of the rest, got one of both");
    }
    Parameter parameter = new Parameter(SolverType.L2R_L2LOSS_SVC_DUAL, c, MOST_PASSES, TOLERANCE);
    parameter.setRandom(new Random(0));
    return machine(Linear.train(problem, parameter));
  }

  /** LIBLINEAR's weights speak for the label that it met first. */
  private LinearMachine machine(Model model) {
    double[] all = model.getFeatureWeights();
    double sign = model.getLabels()[0] == 1 ? 1 : -1;
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      weights[i] = (float) (sign * all[i]);
    }
    return new LinearMachine(weights, sign * all[size]);
  }

  private synchronized Feature[][] features() {
    if (features == null) {
      features = vectors.stream().map(this::withBias).toArray(Feature[][]::new);
    }
    return features;
  }

  private Feature[] withBias(SparseHistogram vector) {
    int[] indices = vector.indices();
    Feature[] entries = new Feature[indices.length + 1];
    Arrays.setAll(
        entries,
        i ->
            i < indices.length
                ? new FeatureNode(indices[i] + 1, vector.values()[i])
                : new FeatureNode(size + 1, 1));
    return entries;
  }
}
