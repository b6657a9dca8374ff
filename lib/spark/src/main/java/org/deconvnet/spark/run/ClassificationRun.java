package org.deconvnet.spark.run;

import static org.apache.spark.sql.functions.col;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.Classifiers;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.page.MistakePictures;
import org.deconvnet.spark.page.RunReport;
import org.deconvnet.spark.store.CsvFile;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.words.Count;

/**
 * Class names for a folder of images, by a model that was trained on class folders: {@code
 * predictions.csv} with path, label and prediction. Where images lie in folders named as the
 * model's classes, their rates are counted too.
 */
public final class ClassificationRun {
  private static final String PREDICTIONS = "predictions.csv";

  private final SparkSession spark;
  private final int partitions;

  public ClassificationRun(SparkSession spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  public void run(String model, String input, String out, boolean overwrite, PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    ModelFolder folder = ModelFolder.read(spark, model);
    requireClassifier(folder, model);
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    MemoryNeed.requireToInfer(spark, corpus, folder, partitions);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    ImagePreprocessor preprocessor = folder.preprocessor();
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus, preprocessor, ExperimentOptions.OnBadImage.SKIP, partitions, progress)) {
      Dataset<Row> predicted =
          folder
              .afterPreprocessing()
              .transform(prepared.images())
              .select("path", "label", Classifiers.PREDICTED, Classifiers.SCORES)
              .persist(StorageLevel.MEMORY_AND_DISK());
      progress.stage(
          "classify",
          "classifying " + Count.of(prepared.count(), "image"),
          () -> {
            CsvFile.write(
                predicted
                    .drop(Classifiers.SCORES)
                    .withColumnRenamed(Classifiers.PREDICTED, "prediction")
                    .orderBy("path"),
                output,
                PREDICTIONS);
            return null;
          });
      report(folder, model, corpus, prepared, predicted, output, progress);
      output.complete();
    }
  }

  /** Refuses a model that learned no classes. */
  static void requireClassifier(ModelFolder folder, String model) {
    if (folder.classes().isEmpty()) {
      throw new CorpusException(
          "model %s: expected one trained on class folders, got one without a classifier; train on a corpus with a folder for each class"
              .formatted(model));
    }
  }

  private static void report(
      ModelFolder folder,
      String model,
      ImageCorpus corpus,
      PreparedCorpus prepared,
      Dataset<Row> predicted,
      OutputFolder output,
      Progress progress) {
    List<String> classes = folder.classes();
    Dataset<Row> known = predicted.where(col("label").isin(classes.toArray()));
    long labelled = known.count();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put(
        "images", prepared.count() + ", " + labelled + " of them in folders of known classes");
    Metrics metrics = new Metrics().put("images", prepared.count()).put("test_images", labelled);
    RunReport page =
        new RunReport("Classification").of(corpus.root(), folder.network().network(), model);
    Outcome confusion = null;
    if (labelled > 0) {
      confusion = Classifiers.outcome(known, classes);
      page.keyFigure(
          Outcome.percent(confusion.meanPerClassRate()),
          "accuracy: mean of the classes' rates on " + Count.of(labelled, "image"));
      metrics.accuracy(List.of(confusion));
      facts.put("chance", Outcome.percent(1.0 / classes.size()));
    }
    page.facts(facts);
    if (confusion != null) {
      page.confusion(confusion, Count.of(labelled, "image"))
          .mistakes(
              MistakePictures.of(corpus, Classifiers.mistakes(known, classes), prepared.upright()));
    }
    page.prepared(prepared).time(progress);
    output.write("report.html", page.toHtml());
    output.write("metrics.json", metrics.prepared(prepared).time(progress).toJson());
    facts.forEach((name, value) -> progress.say(name + ": " + value));
    if (confusion != null) {
      progress.say(
          "accuracy (mean of the classes' rates): "
              + Outcome.percent(confusion.meanPerClassRate()));
    }
    progress.say("predictions: " + output.display(PREDICTIONS));
    progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
    progress.say("report: " + output.display("report.html"));
  }
}
