package org.deconvnet.spark.evaluate;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.classify.ConfusionMatrix;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.ml.IntersectionLinearClassifier;
import org.deconvnet.spark.ml.LinearPyramidClassifier;
import org.deconvnet.spark.ml.PyramidKernelClassifier;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.tensor.UserErrorException;

/** Trains the classifier that the options ask for, and counts what it gets right. */
public final class Classifiers {
  private static final String FEATURES = "features";

  /** Column of predicted classes' names, as the classifiers' models call it. */
  public static final String PREDICTED = "predictedLabel";

  /** Column of the classes' scores, as the classifiers' models call it. */
  public static final String SCORES = "rawPrediction";

  private Classifiers() {}

  /**
   * Stages that turn pyramids into class names: trained on these images by the first combination.
   *
   * @param training columns path, label, one of pyramids a kernel
   */
  public static List<Transformer> train(
      ExperimentOptions options, Dataset<Row> training, long images) {
    Map<String, Double> combination = options.classifier().combinations().get(0);
    return options.classifier().exact(images)
        ? List.of(exact(options, combination).fit(training))
        : withoutGrams(options, combination, training);
  }

  /**
   * Refuses settings that so many training images could not be classified by, before any feature is
   * computed.
   *
   * @throws UserErrorException if these images get no kernel machine, and the settings want one
   */
  public static void requireTrainable(ExperimentOptions options, long images) {
    if (options.classifier().exact(images)) {
      return;
    }
    if (options.classifier().c().size() > 1) {
      throw new UserErrorException(
          "classifier.c: expected one candidate for %d training images, which no kernel machine is trained on, got %s; give one, or classifier.kind exact"
              .formatted(images, options.classifier().c()));
    }
    for (Map<String, Double> combination : options.classifier().combinations()) {
      if (!linear(options, combination)) {
        combination.forEach((kernel, weight) -> requireHistogram(options, kernel, weight));
      }
    }
  }

  /** Machines that no matrix of pairs of images is made for. */
  static List<Transformer> withoutGrams(
      ExperimentOptions options, Map<String, Double> combination, Dataset<Row> training) {
    return linear(options, combination)
        ? List.of(linearMachines(options, combination).fit(training))
        : approximate(options, combination, training);
  }

  /** The penalty of those. */
  static double cWithoutGrams(ExperimentOptions options, Map<String, Double> combination) {
    return linear(options, combination)
        ? options.classifier().linearC()
        : options.classifier().candidates().get(0);
  }

  /** Whether linear machines on the pyramids as they are serve, and no map of histograms. */
  private static boolean linear(ExperimentOptions options, Map<String, Double> combination) {
    return options
        .classifier()
        .linear(combination.keySet().stream().allMatch(k -> options.features().code(k).summed()));
  }

  private static LinearPyramidClassifier linearMachines(
      ExperimentOptions options, Map<String, Double> combination) {
    return new LinearPyramidClassifier()
        .setFeaturesCols(combination.keySet().toArray(String[]::new))
        .setWeights(combination.values().stream().mapToDouble(Double::doubleValue).toArray())
        .setC(options.classifier().linearC());
  }

  private static PyramidKernelClassifier exact(
      ExperimentOptions options, Map<String, Double> combination) {
    ExperimentOptions.Classifier settings = options.classifier();
    PyramidKernelClassifier classifier =
        new PyramidKernelClassifier()
            .setC(settings.candidates().stream().mapToDouble(Double::doubleValue).toArray())
            .setFolds(settings.folds())
            .setEngine(options.network().engine());
    combination.forEach(
        (kernel, weight) ->
            classifier.addKernel(
                kernel, PyramidKernel.of(options.features().code(kernel)), weight));
    return classifier;
  }

  /** Joined histograms add their kernels, at equal weights. */
  private static List<Transformer> approximate(
      ExperimentOptions options, Map<String, Double> combination, Dataset<Row> training) {
    combination.forEach((kernel, weight) -> requireHistogram(options, kernel, weight));
    VectorAssembler joined =
        new VectorAssembler()
            .setInputCols(combination.keySet().toArray(String[]::new))
            .setOutputCol(FEATURES);
    return List.of(
        joined,
        new IntersectionLinearClassifier()
            .setC(options.classifier().candidates().get(0))
            .fit(joined.transform(training)));
  }

  private static void requireHistogram(ExperimentOptions options, String kernel, double weight) {
    if (!options.features().code(kernel).summed() || weight != 1) {
      throw new UserErrorException(
          "approximate classifier: expected histograms (coding hard or soft) at weight 1, got %s at %s; use classifier.kind exact or linear, or another combination"
              .formatted(kernel, weight));
    }
  }

  /**
   * The images of known classes that a model took for another class, the worst alone.
   *
   * @param answered what the classifier's model gives, with columns path and label
   * @param classes names in the order of the scores; labels of other names are passed over
   */
  public static List<Mistake> mistakes(Dataset<Row> answered, List<String> classes) {
    List<String> names = List.copyOf(classes);
    return answered
        .where(col("label").isin(names.toArray()))
        .where(col("label").notEqual(col(PREDICTED)))
        .select("path", "label", PREDICTED, SCORES)
        .toJavaRDD()
        .map(row -> mistake(row, names))
        .takeOrdered(Mistake.MOST, Mistake.WORST_FIRST);
  }

  private static Mistake mistake(Row row, List<String> classes) {
    Vector scores = row.getAs(3);
    double margin =
        scores.apply(classes.indexOf(row.getString(2)))
            - scores.apply(classes.indexOf(row.getString(1)));
    return new Mistake(row.getString(0), row.getString(1), row.getString(2), margin);
  }

  /**
   * @param predicted columns label and {@link #PREDICTED}, counted on the executors
   * @param classes sorted names
   */
  public static Outcome outcome(Dataset<Row> predicted, List<String> classes) {
    List<Row> counted = predicted.groupBy(col("label"), col(PREDICTED)).count().collectAsList();
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
