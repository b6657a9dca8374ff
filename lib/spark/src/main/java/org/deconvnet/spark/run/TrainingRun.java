package org.deconvnet.spark.run;

import static org.apache.spark.sql.functions.col;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.CscSettings;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.MaskFolder;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.Classifiers;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.evaluate.MaskedImages;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.page.ActivationTiles;
import org.deconvnet.spark.page.DenoisingUse;
import org.deconvnet.spark.page.RunReport;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Pipelines;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/**
 * A folder of images to a model. The network needs no labels; where the folder has at least two
 * classes, codebooks and a classifier are learned as well, on all its images.
 */
public final class TrainingRun {
  private final SparkSession spark;
  private final ExperimentOptions options;
  private final int partitions;
  private final String masks;

  /**
   * @param masks a folder that says which pixels are hidden, which a dictionary ({@code model:
   *     csc}) then learns without; null: none is
   */
  public TrainingRun(SparkSession spark, ExperimentOptions options, int partitions, String masks) {
    this.masks = masks;
    this.spark = spark;
    this.options = options;
    this.partitions = partitions;
  }

  public void run(String input, String model, boolean overwrite, PrintStream terminal) {
    options.network().learned();
    SeparateFolders.require(spark, model, input);
    if (masks != null) {
      SeparateFolders.requireKept(spark, model, "folder of masks", masks);
    }
    requireMasks();
    ImageCorpus corpus = ImageCorpus.open(spark, input, options.corpus().exclude(), 0);
    MemoryNeed.requireToLearn(spark, corpus, options, partitions);
    OutputFolder output = OutputFolder.createOrResume(spark, model, overwrite);
    ImagePreprocessor preprocessor = options.preprocessor();
    if (DenoisingUse.of(options).worthSaying()) {
      terminal.println(DenoisingUse.of(options).warning());
    }
    boolean features = !options.features().vocabularies().isEmpty();
    boolean networkAlone = !features || corpus.classes().size() < 2;
    try (Progress progress = new Progress(terminal, output, options.network().learned().epochs());
        PreparedCorpus prepared = prepare(corpus, preprocessor, networkAlone, progress)) {
      List<String> classes =
          networkAlone || prepared.classes().size() < 2 ? List.of() : prepared.classes();
      Dataset<Row> images = prepared.images();
      List<String> ids = FeatureLearning.ids(images);
      if (!classes.isEmpty()) {
        Classifiers.requireTrainable(options, images.where(col("label").isNotNull()).count());
      }
      FeatureLearning learning = new FeatureLearning(options, partitions, progress);
      Checkpointing checkpointing = Checkpointing.in(output.path(OutputFolder.CHECKPOINT));
      LayeredModel<?, ?> network =
          progress.stage(
              Progress.LEARNING,
              "learning the network",
              () -> learning.network(images, ids, checkpointing));
      List<Transformer> stages = new ArrayList<>(List.of(preprocessor));
      if (classes.isEmpty()) {
        progress.say(
            (features ? "fewer than two classes" : "features.vocabularies is empty")
                + ": the model classifies nothing");
        stages.add(network);
      } else {
        classify(network, images, stages, progress);
      }
      TrainedNetwork<?> training = network.training().orElseThrow();
      String fingerprint = training.network().fingerprint();
      progress.stage(
          "write",
          "writing the model",
          () -> {
            ModelFolder.write(
                output,
                asConfigured(stages),
                classes,
                fingerprint,
                ConfigurationText.of(options),
                corpus.root());
            return null;
          });
      report(corpus, prepared, training, ids, output, progress);
      output.complete();
      progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
      progress.say("model: " + output.display());
      progress.say("fingerprint: " + fingerprint);
    }
  }

  /**
   * Refuses masks that learning could not use, before anything is written; nothing where there are
   * none.
   *
   * @throws UserErrorException if the network is of another family, or images change their size
   * @throws org.deconvnet.spark.corpus.CorpusException if there is no such folder
   */
  public void requireMasks() {
    if (masks == null) {
      return;
    }
    if (options.network().as(CscSettings.class).isEmpty()) {
      throw new UserErrorException(
          "masks: expected convolutional sparse coding (network.model: csc), got network.model %s; give no masks, or take conf/csc.yaml"
              .formatted(options.network().family()));
    }
    MaskedImages.decoding(options.preprocessor().toOptions());
    MaskFolder.open(spark, masks, options.preprocessor().getMaxPixels());
  }

  private PreparedCorpus prepare(
      ImageCorpus corpus, ImagePreprocessor preprocessor, boolean networkAlone, Progress progress) {
    if (masks == null) {
      return decode(corpus, preprocessor, networkAlone, progress);
    }
    PreprocessOptions all = preprocessor.toOptions();
    MaskFolder folder = MaskFolder.open(spark, masks, preprocessor.getMaxPixels());
    ImagePreprocessor pixels = options.preprocessor().setOptions(MaskedImages.decoding(all));
    PreparedCorpus decoded = decode(corpus, pixels, networkAlone, progress);
    return progress.stage(
        "masks", "reading the masks of " + masks, () -> MaskedImages.of(decoded, folder, all));
  }

  /** All images, or those that the network learns from if nothing else needs the rest. */
  private PreparedCorpus decode(
      ImageCorpus corpus, ImagePreprocessor preprocessor, boolean networkAlone, Progress progress) {
    ExperimentOptions.OnBadImage onBadImage = options.corpus().onBadImage();
    int images = options.network().learned().images();
    if (!networkAlone || images == 0 || images >= corpus.files()) {
      return PreparedCorpus.of(corpus, preprocessor, onBadImage, partitions, progress);
    }
    return progress.stage(
        "preprocess",
        "preprocessing %d of %s of %s"
            .formatted(images, Count.of(corpus.files(), "file"), corpus.root()),
        () ->
            PreparedCorpus.sample(
                corpus, preprocessor, onBadImage, partitions, images, options.seed()));
  }

  /** A model names the engine that the user asked for: another machine may have another one. */
  private List<Transformer> asConfigured(List<Transformer> stages) {
    String asked = options.network().engine();
    return stages.stream().map(stage -> Pipelines.withEngine(stage, asked)).toList();
  }

  /**
   * On the engine that learned the network, which for a run that goes on is the one it began with.
   */
  private void classify(
      LayeredModel<?, ?> learned,
      Dataset<Row> images,
      List<Transformer> stages,
      Progress progress) {
    String engine = learned.training().orElseThrow().engine();
    ExperimentOptions settled = options.withEngine(engine);
    FeatureLearning learning = new FeatureLearning(settled, partitions, progress);
    LayeredModel<?, ?> network = (LayeredModel<?, ?>) Pipelines.withEngine(learned, engine);
    Dataset<Row> labelled = images.where(col("label").isNotNull());
    List<Transformer> features =
        progress.stage(
            "codebook",
            "learning the codebooks",
            () ->
                learning.features(
                    network, network.network(), labelled, FeatureLearning.ids(labelled)));
    Dataset<Row> vectors =
        Pipelines.of("features", features)
            .transform(labelled)
            .select("path", pyramids())
            .persist(StorageLevel.MEMORY_AND_DISK());
    long count = progress.stage("features", "features of the labelled images", vectors::count);
    stages.addAll(features);
    stages.addAll(
        progress.stage(
            "classify",
            "training the classifier",
            () -> Classifiers.train(settled, vectors, count)));
    vectors.unpersist();
  }

  /** Label, and the pyramids that the model's combination needs. */
  private String[] pyramids() {
    List<String> names = new ArrayList<>(List.of("label"));
    names.addAll(options.classifier().combinations().get(0).keySet());
    return names.toArray(String[]::new);
  }

  private void report(
      ImageCorpus corpus,
      PreparedCorpus prepared,
      TrainedNetwork<?> training,
      List<String> ids,
      OutputFolder output,
      Progress progress) {
    int depth = training.network().depth();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put("images", "%d of %s".formatted(prepared.count(), Count.of(corpus.files(), "file")));
    if (masks != null) {
      facts.put("hidden pixels", "as the masks of " + masks + " say");
    }
    facts.put("learned from", Count.of(training.last().get(0).images(), "image"));
    facts.put("engine", training.engine());
    facts.put("can denoise", DenoisingUse.of(options).fact());
    facts.put("fingerprint", training.network().fingerprint());
    RunReport page =
        RunReport.titled("Training", training.network())
            .of(corpus.root(), training.network(), "")
            .explained(1 - training.last().get(depth - 1).relativeError(), depth)
            .facts(facts);
    progress.stage(
        "report",
        "drawing the report",
        () ->
            page.network(
                training,
                ActivationTiles.of(training, prepared, ids, options.seed()),
                prepared.pictured(ids, options.seed())));
    page.prepared(prepared).configuration(options).time(progress);
    output.write("report.html", page.toHtml());
    output.write(
        "metrics.json",
        new Metrics()
            .put("train_images", prepared.count())
            .put("seed", options.seed())
            .prepared(prepared)
            .training(training)
            .time(progress)
            .toJson());
  }
}
