package org.deconvnet.spark.experiment;

import static org.apache.spark.sql.functions.col;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.classify.SplitStatistics;
import org.deconvnet.spark.corpus.CorpusSplit;
import org.deconvnet.spark.corpus.CorpusSplit.Labelled;
import org.deconvnet.spark.corpus.CorpusSplit.Role;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Class folders to a report, over random splits: the network, the codebooks and the classifier are
 * learned on a split's training images alone.
 */
public final class BenchmarkRun {
  private final SparkSession spark;
  private final ExperimentOptions options;
  private final int partitions;

  public BenchmarkRun(SparkSession spark, ExperimentOptions options, int partitions) {
    this.spark = spark;
    this.options = options;
    this.partitions = partitions;
  }

  /**
   * What one split gave.
   *
   * @param alone by each layer's features alone, in the order of the configuration; empty for one
   *     layer
   */
  private record SplitResult(
      CorpusSplit split,
      Outcome confusion,
      List<Outcome> alone,
      TrainedNetwork<?> training,
      List<FeatureMaps> pictured) {}

  /**
   * @param classes use the first so many classes by name; 0 for all
   */
  public void run(String input, int classes, String out, boolean overwrite, PrintStream terminal) {
    Checks.atLeast("features.layers: layers to classify by", 1, options.features().layers().size());
    ImageCorpus corpus = ImageCorpus.open(spark, input, options.corpus().exclude(), classes);
    List<String> names = corpus.requireClasses();
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, options.network().epochs());
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus,
                options.preprocessor(),
                options.corpus().onBadImage(),
                partitions,
                progress)) {
      List<Labelled> labelled = labelled(prepared);
      List<SplitResult> results = new ArrayList<>();
      for (int s = 0; s < options.split().splits(); s++) {
        results.add(split(prepared, labelled, names, options.seed() + s, progress));
      }
      Outcome baseline =
          options.split().baseline()
              ? baseline(corpus, results.get(0).split(), names, progress)
              : null;
      report(corpus, prepared, results, baseline, output, progress);
      output.complete();
    }
  }

  private static List<Labelled> labelled(PreparedCorpus prepared) {
    return prepared
        .images()
        .where(col("label").isNotNull())
        .select("path", "label")
        .collectAsList()
        .stream()
        .map(row -> new Labelled(row.getString(0), row.getString(1)))
        .toList();
  }

  private SplitResult split(
      PreparedCorpus prepared,
      List<Labelled> labelled,
      List<String> names,
      long seed,
      Progress progress) {
    ExperimentOptions.Split sizes = options.split();
    CorpusSplit split =
        CorpusSplit.draw(labelled, sizes.trainPerClass(), sizes.mostTestPerClass(), seed);
    List<String> trainIds =
        labelled.stream().map(Labelled::id).filter(id -> split.roleOf(id) == Role.TRAIN).toList();
    Dataset<Row> images = prepared.images();
    FeatureLearning learning = new FeatureLearning(options.withSeed(seed), partitions, progress);
    LayeredModel<?, ?> network =
        progress.stage(
            Progress.LEARNING, "learning the network", () -> learning.network(images, trainIds));
    PipelineModel features =
        progress.stage(
            "codebook",
            "learning the codebooks",
            () -> learning.features(network, images, trainIds));
    Dataset<Row> vectors = vectors(features, images, split, progress);
    Outcome confusion =
        progress.stage(
            "classify", "training and testing the classifier", () -> test(vectors, split, names));
    List<Outcome> alone = alone(vectors, split, names, progress);
    vectors.unpersist();
    progress.say(
        "accuracy of this split: " + RunReport.percent(confusion.meanPerClassRate()) + " a class");
    return new SplitResult(
        split,
        confusion,
        alone,
        network.training().orElseThrow(),
        prepared.pictured(trainIds, options.seed()));
  }

  private List<Outcome> alone(
      Dataset<Row> vectors, CorpusSplit split, List<String> names, Progress progress) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Integer> layers = options.features().layers();
    for (int layer : layers.size() > 1 ? layers : List.<Integer>of()) {
      Dataset<Row> one =
          vectors.select(
              col("path"),
              col("label"),
              col(FeatureLearning.pyramid(layer)).as(FeatureLearning.FEATURES));
      outcomes.add(
          progress.stage(
              "classify",
              "the same by layer %d alone".formatted(layer),
              () -> test(one, split, names)));
    }
    return outcomes;
  }

  private Dataset<Row> vectors(
      PipelineModel features, Dataset<Row> images, CorpusSplit split, Progress progress) {
    Dataset<Row> used = images.filter((FilterFunction<Row>) row -> split.roleOf(id(row)) != null);
    Dataset<Row> vectors =
        features.transform(used).select("path", columns()).persist(StorageLevel.MEMORY_AND_DISK());
    long count = split.count(Role.TRAIN) + split.count(Role.TEST);
    progress.stage("features", "features of %d images".formatted(count), vectors::count);
    return vectors;
  }

  /** Label, joined features, and each layer's own. */
  private String[] columns() {
    List<String> names = new ArrayList<>(List.of("label", FeatureLearning.FEATURES));
    options.features().layers().forEach(layer -> names.add(FeatureLearning.pyramid(layer)));
    return names.toArray(String[]::new);
  }

  private Outcome test(Dataset<Row> vectors, CorpusSplit split, List<String> names) {
    Transformer classifier =
        Classifiers.train(
            options.classifier(), only(vectors, split, Role.TRAIN), split.count(Role.TRAIN));
    return Classifiers.outcome(classifier.transform(only(vectors, split, Role.TEST)), names);
  }

  private static Dataset<Row> only(Dataset<Row> rows, CorpusSplit split, Role role) {
    return rows.filter((FilterFunction<Row>) row -> split.roleOf(id(row)) == role);
  }

  /** Every dataset here has the path first: rows between fused stages know no column names. */
  private static String id(Row row) {
    return row.getString(0);
  }

  private static Outcome baseline(
      ImageCorpus corpus, CorpusSplit split, List<String> names, Progress progress) {
    Dataset<Row> files = corpus.read();
    return progress.stage(
        "baseline",
        "a linear classifier on raw pixels, for comparison",
        () ->
            PixelBaseline.run(
                only(files, split, Role.TRAIN), only(files, split, Role.TEST), names));
  }

  private void report(
      ImageCorpus corpus,
      PreparedCorpus prepared,
      List<SplitResult> results,
      Outcome baseline,
      OutputFolder output,
      Progress progress) {
    SplitResult first = results.get(0);
    List<Outcome> confusions = results.stream().map(SplitResult::confusion).toList();
    SplitStatistics accuracy =
        SplitStatistics.of(confusions.stream().mapToDouble(Outcome::meanPerClassRate).toArray());
    RunReport page = new RunReport("Deconvolutional network benchmark");
    page.facts(facts(corpus, results, accuracy, baseline));
    progress.stage(
        "report", "drawing the report", () -> page.network(first.training(), first.pictured()));
    page.confusion(first.confusion()).skipped(prepared.skipped()).seconds(progress.seconds());
    output.write("report.html", page.toHtml());
    Metrics metrics =
        new Metrics()
            .accuracy(confusions)
            .put("splits", results.size())
            .put("train_images", first.split().count(Role.TRAIN))
            .put("test_images", first.split().count(Role.TEST))
            .put("seed", options.seed())
            .skipped(prepared.skipped())
            .training(first.training())
            .put("seconds", progress.seconds());
    if (baseline != null) {
      metrics.put("baseline_raw_pixels", baseline.meanPerClassRate());
    }
    alone(results).forEach((layer, rate) -> metrics.put("accuracy_layer" + layer, rate));
    output.write("metrics.json", metrics.toJson());
    facts(corpus, results, accuracy, baseline)
        .forEach((name, value) -> progress.say(name + ": " + value));
    progress.say("report: " + output.display("report.html"));
  }

  /** Mean rate over splits of each layer alone. */
  private Map<Integer, Double> alone(List<SplitResult> results) {
    Map<Integer, Double> rates = new LinkedHashMap<>();
    for (int i = 0; i < results.get(0).alone().size(); i++) {
      int at = i;
      rates.put(
          options.features().layers().get(i),
          results.stream()
              .mapToDouble(result -> result.alone().get(at).meanPerClassRate())
              .average()
              .orElseThrow());
    }
    return rates;
  }

  private Map<String, String> facts(
      ImageCorpus corpus, List<SplitResult> results, SplitStatistics accuracy, Outcome baseline) {
    CorpusSplit split = results.get(0).split();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put("classes", Integer.toString(corpus.classes().size()));
    facts.put("images", split.count(Role.TRAIN) + " training, " + split.count(Role.TEST) + " test");
    String spread =
        results.size() < 2
            ? " (one split)"
            : " ± " + RunReport.percent(accuracy.standardDeviation()) + " over splits";
    facts.put("accuracy (mean of the classes' rates)", RunReport.percent(accuracy.mean()) + spread);
    alone(results)
        .forEach((layer, rate) -> facts.put("layer " + layer + " alone", RunReport.percent(rate)));
    facts.put("chance", RunReport.percent(1.0 / corpus.classes().size()));
    if (baseline != null) {
      facts.put("raw pixels, linear classifier", RunReport.percent(baseline.meanPerClassRate()));
    }
    return facts;
  }
}
