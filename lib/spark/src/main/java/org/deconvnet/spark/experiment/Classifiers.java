package org.deconvnet.spark.experiment;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.classify.ConfusionMatrix;
import org.deconvnet.spark.ml.IntersectionKernelClassifier;
import org.deconvnet.spark.ml.IntersectionLinearClassifier;

/** Trains the classifier that the options ask for, and counts what it gets right. */
final class Classifiers {
  private Classifiers() {}

  /**
   * @param training columns path, label, features
   */
  static Transformer train(
      ExperimentOptions.Classifier options, Dataset<Row> training, long images) {
    boolean exact =
        options.kind().equals("exact")
            || (options.kind().equals("auto")
                && images <= ExperimentOptions.Classifier.LARGEST_EXACT);
    return exact
        ? new IntersectionKernelClassifier().setC(options.c()).fit(training)
        : new IntersectionLinearClassifier().setC(options.c()).fit(training);
  }

  /**
   * @param predicted columns label and prediction, counted on the executors
   * @param classes sorted names
   */
  static Outcome outcome(Dataset<Row> predicted, List<String> classes) {
    List<Row> counted = predicted.groupBy(col("label"), col("prediction")).count().collectAsList();
    int[] truth = new int[Math.toIntExact(counted.stream().mapToLong(r -> r.getLong(2)).sum())];
    int[] answers = new int[truth.length];
    int at = 0;
    for (Row row : counted) {
      int next = at + Math.toIntExact(row.getLong(2));
      Arrays.fill(truth, at, next, classes.indexOf(row.getString(0)));
      Arrays.fill(answers, at, next, classes.indexOf(row.getString(1)));
      at = next;
    }
    int[] numbers = IntStream.range(0, classes.size()).toArray();
    return new Outcome(classes, ConfusionMatrix.of(numbers, truth, answers));
  }
}
