package org.deconvnet.classify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deconvnet.tensor.Checks;

/**
 * The share of held-out training vectors that machines trained on the others get right, for
 * choosing C on training images alone. The i-th vector of a class belongs to fold i mod n, so folds
 * have all classes alike and depend on nothing but the vectors' order. Thread-safe: holds nothing
 * but its arrays.
 */
public final class CrossValidation {
  private final float[][] gram;
  private final int[] labels;
  private final int[] foldOf;
  private final int folds;

  /**
   * @param gram (training, training), scaled to mean diagonal 1; shared, not copied
   * @param labels class of each training vector
   * @param folds at least 2; every class needs 2 vectors or more
   */
  public CrossValidation(float[][] gram, int[] labels, int folds) {
    Checks.atLeast("cross-validation: folds", 2, folds);
    Checks.equal("cross-validation: labels", gram.length, labels.length);
    this.gram = gram;
    this.labels = labels;
    this.folds = folds;
    this.foldOf = new int[labels.length];
    Map<Integer, Integer> seen = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      foldOf[i] = (seen.merge(labels[i], 1, Integer::sum) - 1) % folds;
    }
    seen.forEach(
        (label, count) -> Checks.atLeast("cross-validation: vectors of class " + label, 2, count));
  }

  public int folds() {
    return folds;
  }

  /**
   * Vectors of a fold that machines trained on the other folds name rightly.
   *
   * @param fold from 0 on
   */
  public int right(int fold, SvmOptions options) {
    int[] kept = IntStream.range(0, labels.length).filter(i -> foldOf[i] != fold).toArray();
    OneVersusRest machines =
        OneVersusRest.train(
            KernelTable.of(rows(kept, kept)),
            IntStream.of(kept).map(i -> labels[i]).toArray(),
            options);
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      if (foldOf[i] == fold && machines.predict(row(i, kept)) == labels[i]) {
        right++;
      }
    }
    return right;
  }

  /** The first of the candidates that have the most vectors right over all folds. */
  public static double best(List<Double> candidates, int[] right) {
    Checks.equal("cross-validation: results", candidates.size(), right.length);
    int best = 0;
    for (int i = 1; i < right.length; i++) {
      best = right[i] > right[best] ? i : best;
    }
    return candidates.get(best);
  }

  private float[][] rows(int[] of, int[] with) {
    float[][] rows = new float[of.length][];
    for (int i = 0; i < of.length; i++) {
      rows[i] = row(of[i], with);
    }
    return rows;
  }

  private float[] row(int of, int[] with) {
    float[] row = new float[with.length];
    for (int j = 0; j < row.length; j++) {
      row[j] = gram[of][with[j]];
    }
    return row;
  }
}
