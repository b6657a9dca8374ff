package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.classify.LinearMachine;
import org.deconvnet.classify.LinearSvm;
import org.deconvnet.pyramid.SparseHistogram;

/**
 * One-versus-rest linear machines, with the classes spread over the executors. The driver holds the
 * training vectors' entries, 8 bytes each; an executor holds them and LIBLINEAR's form, about 36
 * bytes each. Not thread-safe.
 */
public final class LinearMachines {
  private final JavaSparkContext context;

  public LinearMachines(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * Trains the machines of all classes, each class a task's item. The order of the vectors decides
   * last bits; partitions do not.
   *
   * @param labels class of each vector, at least two different ones
   * @param c C, for vectors of mean squared length 1
   * @return one machine a class, in ascending order of labels
   */
  public List<LinearMachine> train(List<SparseHistogram> vectors, int[] labels, double c) {
    int[] classes = classes(labels);
    Broadcast<LinearSvm> svm = context.broadcast(new LinearSvm(vectors));
    int slices = Math.min(classes.length, context.defaultParallelism());
    try {
      return context
          .parallelize(IntStream.of(classes).boxed().toList(), slices)
          .mapPartitions(
              part -> {
                List<LinearMachine> trained = new ArrayList<>();
                part.forEachRemaining(
                    label -> trained.add(svm.value().train(isIn(label, labels), c)));
                return trained.iterator();
              })
          .collect();
    } finally {
      svm.destroy();
    }
  }

  /** The labels that there are, ascending. */
  public static int[] classes(int[] labels) {
    return Arrays.stream(labels).distinct().sorted().toArray();
  }

  private static boolean[] isIn(int label, int[] labels) {
    boolean[] positive = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      positive[i] = labels[i] == label;
    }
    return positive;
  }
}
