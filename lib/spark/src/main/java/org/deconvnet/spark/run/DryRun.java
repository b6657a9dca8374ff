package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.ExperimentOptions.OnBadImage;
import org.deconvnet.spark.config.LearnedSettings;
import org.deconvnet.spark.config.OnnxSettings;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.Classifiers;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.ml.DecodingStage;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.words.Count;

/**
 * Says what a run would do: its settings, the number of its images, and about how long it takes and
 * how much memory, from a trial on ten of them. Writes nothing.
 */
public final class DryRun {
  private static final int IMAGES = 10;

  private final SparkSession spark;
  private final PrintStream terminal;
  private final int cores;

  public DryRun(SparkSession spark, PrintStream terminal) {
    this.spark = spark;
    this.terminal = terminal;
    this.cores = spark.sparkContext().defaultParallelism();
  }

  /**
   * Of a run that learns a network: {@code train}, {@code benchmark}.
   *
   * @param classes use the first so many classes by name; 0 for all
   * @param networks that are learned; 0: one is given
   */
  public void learning(
      ExperimentOptions options, String input, String out, int classes, int networks) {
    SeparateFolders.require(spark, out, input);
    ImageCorpus corpus = ImageCorpus.open(spark, input, options.corpus().exclude(), classes);
    if (networks > 0) {
      MemoryNeed.requireToLearn(spark, corpus, options, 0);
    }
    terminal.println(ConfigurationText.of(options).strip());
    say(corpus);
    Trial.Timed<PreparedCorpus> prepared = prepared(corpus, options.preprocessor(), options.seed());
    try (PreparedCorpus few = prepared.result()) {
      Trial trial = begin(corpus, prepared);
      LearnedSettings settings = options.network().learned();
      int wanted = settings.images();
      long sample = wanted == 0 ? corpus.files() : Math.min(wanted, corpus.files());
      Dataset<Row> images = few.images().coalesce(1);
      Trial.Timed<LayeredModel<?, ?>> network =
          Trial.Timed.of(
              () ->
                  settings.learn(
                      images, 1, options.seed(), TrainingListener.SILENT, Checkpointing.NONE));
      if (networks > 0) {
        terminal.println(
            "time to learn %s from %s: about %s"
                .formatted(
                    Count.of(networks, "network"),
                    Count.of(sample, "image"),
                    trial.time(networks * network.seconds(), sample)));
      }
      if (!options.features().vocabularies().isEmpty()) {
        inferred(network.result().codes(images), trial, corpus);
      }
      memory();
    }
  }

  /**
   * Of a run whose network is in a file: {@code benchmark}.
   *
   * @param file of the options
   * @param classes as above
   */
  public void ofFile(
      ExperimentOptions options, OnnxSettings file, String input, String out, int classes) {
    SeparateFolders.require(spark, out, input);
    OnnxNetwork network = file.read(spark);
    options.features().requireFit(network.network());
    ImageCorpus corpus = ImageCorpus.open(spark, input, options.corpus().exclude(), classes);
    terminal.println(ConfigurationText.of(options).strip());
    say(corpus);
    Trial.Timed<PreparedCorpus> prepared = prepared(corpus, options.crop(network), options.seed());
    try (PreparedCorpus few = prepared.result()) {
      Trial trial = begin(corpus, prepared);
      inferred(network.codes(few.images().coalesce(1)), trial, corpus);
      memory();
    }
  }

  private void inferred(Dataset<Row> codes, Trial trial, ImageCorpus corpus) {
    say("infer", trial, worked(codes).seconds(), corpus);
    terminal.println("time for codebooks and classifiers: not tried");
  }

  /**
   * Of a run that uses a model: {@code extract}, {@code classify}.
   *
   * @param extraction what is extracted; empty: the classes are told
   */
  public void using(
      String model, String input, String out, Optional<ExtractionOptions> extraction) {
    boolean classify = extraction.isEmpty();
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    ModelFolder folder = ModelFolder.read(spark, model);
    if (classify) {
      ClassificationRun.requireClassifier(folder, model);
    }
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    MemoryNeed.requireToInfer(spark, corpus, folder, 0);
    LayeredModel<?, ?> network = folder.network();
    extraction.ifPresent(wanted -> wanted.layersOf(network.network().depth()));
    terminal.println("preprocess: " + folder.preprocessor().toOptions());
    terminal.println(
        "network: %s, fingerprint %s"
            .formatted(
                Count.of(network.network().depth(), "layer"), network.network().fingerprint()));
    terminal.println("classes: " + folder.classes().size());
    say(corpus);
    Trial.Timed<PreparedCorpus> prepared = prepared(corpus, folder.preprocessor(), 1);
    try (PreparedCorpus few = prepared.result()) {
      Trial trial = begin(corpus, prepared);
      Dataset<Row> images = few.images().coalesce(1);
      Trial.Timed<Void> work =
          classify
              ? worked(folder.afterPreprocessing().transform(images).select(Classifiers.PREDICTED))
              : worked(network.codes(images));
      say(classify ? "classify" : "infer", trial, work.seconds(), corpus);
      memory();
    }
  }

  private void say(ImageCorpus corpus) {
    terminal.println(
        "images: %s of %s, %s"
            .formatted(
                Count.of(corpus.files(), "file"),
                corpus.root(),
                corpus.classes().isEmpty()
                    ? "without classes"
                    : "in " + Count.of(corpus.classes().size(), "class")));
  }

  private static Trial.Timed<PreparedCorpus> prepared(
      ImageCorpus corpus, DecodingStage preprocessor, long seed) {
    return Trial.Timed.of(
        () -> PreparedCorpus.sample(corpus, preprocessor, OnBadImage.SKIP, 1, IMAGES, seed));
  }

  private Trial begin(ImageCorpus corpus, Trial.Timed<PreparedCorpus> prepared) {
    PreparedCorpus few = prepared.result();
    Trial trial = new Trial(few.count(), cores);
    terminal.println(
        "trial: %s on one core; the run has %s"
            .formatted(Count.of(few.count(), "image"), Count.of(cores, "core")));
    say("preprocess", trial, prepared.seconds(), corpus);
    List<FeatureMaps> maps = few.pictured(FeatureLearning.ids(few.images()), 1);
    double each = maps.stream().mapToLong(one -> 4L * one.data().length).average().orElseThrow();
    terminal.println(
        "memory for preprocessed images: about %s; what does not fit goes to disk"
            .formatted(Trial.megabytes(each * corpus.files())));
    return trial;
  }

  private void say(String what, Trial trial, double seconds, ImageCorpus corpus) {
    terminal.println(
        "time to %s all images: about %s".formatted(what, trial.time(seconds, corpus.files())));
  }

  private void memory() {
    terminal.println(
        "heap: the trial took at most %s of %s"
            .formatted(
                Trial.megabytes(Trial.heapPeak()),
                Trial.megabytes(Runtime.getRuntime().maxMemory())));
    terminal.println("nothing was written");
  }

  /** Works everything out, and keeps nothing. */
  private static Trial.Timed<Void> worked(Dataset<Row> rows) {
    return Trial.Timed.of(
        () -> {
          rows.write().format("noop").mode("overwrite").save();
          return null;
        });
  }
}
