package org.deconvnet.classify;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.tensor.Checks;

/**
 * One {@link BinaryMachine} a class; the class of the largest score wins. Arrays are shared, not
 * copied. Thread-safe as long as nobody writes to them.
 */
public final class OneVersusRest implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] classes;
  private final BinaryMachine[] machines;
  private final double kernelScale;

  /**
   * Joins machines that were trained on the same table.
   *
   * @param classes class labels, strictly ascending
   * @param machines one a class, in that order
   * @param kernelScale of their {@link KernelTable}
   * @throws IllegalArgumentException if there are none, the lengths differ or labels do not ascend
   */
  public OneVersusRest(int[] classes, BinaryMachine[] machines, double kernelScale) {
    Checks.atLeast("one versus rest: classes", 1, classes.length);
    Checks.equal("one versus rest: machines", classes.length, machines.length);
    Checks.positive("one versus rest: kernel scale", kernelScale);
    for (int i = 1; i < classes.length; i++) {
      Checks.atLeast(
          "one versus rest: label after " + classes[i - 1], classes[i - 1] + 1, classes[i]);
    }
    this.classes = classes;
    this.machines = machines;
    this.kernelScale = kernelScale;
  }

  /**
   * Trains the machines of all classes one after another.
   *
   * @param labels class label of every training vector, at least two different ones
   */
  public static OneVersusRest train(KernelTable table, int[] labels, SvmOptions options) {
    int[] classes = Arrays.stream(labels).distinct().sorted().toArray();
    BinaryMachine[] machines = new BinaryMachine[classes.length];
    for (int m = 0; m < machines.length; m++) {
      machines[m] = PrecomputedKernelSvm.train(table, isClass(labels, classes[m]), options);
    }
    return new OneVersusRest(classes, machines, table.scale());
  }

  private static boolean[] isClass(int[] labels, int wanted) {
    boolean[] positive = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      positive[i] = labels[i] == wanted;
    }
    return positive;
  }

  /** The machines in the order of the scores. */
  public List<BinaryMachine> machines() {
    return List.of(machines);
  }

  /** What kernel values are multiplied by. */
  public double kernelScale() {
    return kernelScale;
  }

  /** Class labels in the order of the scores. */
  public int[] classes() {
    return classes.clone();
  }

  /**
   * Scores of all classes.
   *
   * @param kernelRow kernel of the vector with every training vector, unscaled
   * @return (class)
   */
  public double[] scores(float[] kernelRow) {
    double[] scores = new double[machines.length];
    for (int m = 0; m < scores.length; m++) {
      scores[m] = machines[m].score(kernelRow, kernelScale);
    }
    return scores;
  }

  /**
   * By how much the largest score exceeds that of a class: 0 for the predicted one.
   *
   * @param label one of {@link #classes}
   */
  public double lead(float[] kernelRow, int label) {
    double[] scores = scores(kernelRow);
    return Arrays.stream(scores).max().orElseThrow() - scores[Arrays.binarySearch(classes, label)];
  }

  /** The label of the largest score; of equal scores the lowest label. */
  public int predict(float[] kernelRow) {
    double[] scores = scores(kernelRow);
    int best = 0;
    for (int m = 1; m < scores.length; m++) {
      if (scores[m] > scores[best]) {
        best = m;
      }
    }
    return classes[best];
  }
}
