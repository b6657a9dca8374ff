package org.deconvnet.spark.experiment;

import static org.apache.spark.sql.functions.col;

import java.util.List;
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
  static ConfusionMatrix confusion(Dataset<Row> predicted, List<String> classes) {
    ConfusionMatrix confusion = new ConfusionMatrix(classes);
    for (Row row : predicted.groupBy(col("label"), col("prediction")).count().collectAsList()) {
      int truth = classes.indexOf(row.getString(0));
      int answer = classes.indexOf(row.getString(1));
      for (long i = 0; i < row.getLong(2); i++) {
        confusion.add(truth, answer);
      }
    }
    return confusion;
  }
}
