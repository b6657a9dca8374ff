package org.deconvnet.spark.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.classify.ConfusionMatrix;
import org.deconvnet.classify.KernelSum;
import org.deconvnet.classify.OneVersusRest;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.spark.columns.HistogramColumn;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.CorpusSplit.Labelled;
import org.deconvnet.spark.exec.KernelMachines;
import org.deconvnet.spark.store.Outcome;
import scala.Tuple2;

/**
 * Kernel machines on any weighted sum of a split's kernels. Each kernel's matrices are computed
 * once, when a combination first asks for them, and serve all combinations. The driver holds n²
 * floats for the n training images and n · m for the m test images, a kernel.
 */
final class ExactSplitClassifier implements SplitClassifier {
  private final KernelMachines machines;
  private final ExperimentOptions.Classifier options;
  private final Function<String, PyramidKernel> kernelOf;
  private final List<String> classes;
  private final Dataset<Row> train;
  private final Dataset<Row> test;
  private final Map<String, Matrices> matrices = new HashMap<>();
  private int[] trainLabels;
  private List<Labelled> tested;

  /** Kernel of the training images with each other, and of the test images with them, by id. */
  private record Matrices(float[][] train, float[][] test) {}

  /**
   * @param kernelOf the kernel of a column's name
   * @param classes sorted names
   * @param train columns path, label and one of pyramids a kernel
   */
  ExactSplitClassifier(
      ExperimentOptions.Classifier options,
      String engine,
      Function<String, PyramidKernel> kernelOf,
      List<String> classes,
      Dataset<Row> train,
      Dataset<Row> test) {
    this.machines =
        new KernelMachines(
            JavaSparkContext.fromSparkContext(train.sparkSession().sparkContext()), engine);
    this.options = options;
    this.kernelOf = kernelOf;
    this.classes = classes;
    this.train = train;
    this.test = test;
  }

  @Override
  public Tested test(Map<String, Double> combination) {
    List<Matrices> parts = combination.keySet().stream().map(this::matrices).toList();
    float[][][] grams = parts.stream().map(Matrices::train).toArray(float[][][]::new);
    KernelSum sum =
        KernelSum.of(
            combination.values().stream().mapToDouble(Double::doubleValue).toArray(), grams);
    float[][] gram = sum.rows(grams);
    double c = machines.chooseC(gram, trainLabels, options.candidates(), options.folds());
    OneVersusRest trained = machines.train(gram, trainLabels, KernelMachines.withC(c));
    float[][] rows = sum.rows(parts.stream().map(Matrices::test).toArray(float[][][]::new));
    int[] truth = tested.stream().mapToInt(image -> classes.indexOf(image.label())).toArray();
    int[] answers = new int[rows.length];
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      answers[i] = trained.predict(rows[i]);
      if (answers[i] != truth[i]) {
        mistakes.add(mistake(tested.get(i), answers[i], trained.lead(rows[i], truth[i])));
      }
    }
    int[] numbers = IntStream.range(0, classes.size()).toArray();
    return new Tested(
        new Outcome(classes, ConfusionMatrix.of(numbers, truth, answers)),
        c,
        Mistake.worst(mistakes));
  }

  private Mistake mistake(Labelled image, int answer, double margin) {
    return new Mistake(image.id(), image.label(), classes.get(answer), margin);
  }

  private Matrices matrices(String kernel) {
    return matrices.computeIfAbsent(kernel, this::compute);
  }

  private Matrices compute(String name) {
    PyramidKernel kernel = kernelOf.apply(name);
    List<Row> images = new ArrayList<>(train.select("path", "label", name).collectAsList());
    images.sort(Comparator.comparing(row -> row.getString(0)));
    List<SparseHistogram> training = images.stream().map(ExactSplitClassifier::histogram).toList();
    trainLabels = images.stream().mapToInt(row -> classes.indexOf(row.getString(1))).toArray();
    float[][] gram = machines.gram(kernel, training);
    List<Tuple2<Labelled, float[]>> others =
        new ArrayList<>(
            machines.rows(
                kernel,
                test.select("path", "label", name)
                    .toJavaRDD()
                    .mapToPair(row -> new Tuple2<>(labelled(row), histogram(row))),
                training));
    // Any order that is the same for each kernel: a row brings its label along.
    others.sort(Comparator.comparing(row -> row._1().id()));
    tested = others.stream().map(Tuple2::_1).toList();
    return new Matrices(gram, others.stream().map(Tuple2::_2).toArray(float[][]::new));
  }

  private static Labelled labelled(Row row) {
    return new Labelled(row.getString(0), row.getString(1));
  }

  private static SparseHistogram histogram(Row row) {
    return HistogramColumn.fromVector((Vector) row.get(2));
  }
}
