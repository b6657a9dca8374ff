package org.deconvnet.spark.run;

import static org.apache.spark.sql.functions.col;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.OnnxSettings;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.CorpusSplit;
import org.deconvnet.spark.corpus.CorpusSplit.Labelled;
import org.deconvnet.spark.corpus.CorpusSplit.Role;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.Classifiers;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.evaluate.PixelBaseline;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.evaluate.SmallClasses;
import org.deconvnet.spark.evaluate.SplitNetwork;
import org.deconvnet.spark.evaluate.SplitResult;
import org.deconvnet.spark.evaluate.SplitRun;
import org.deconvnet.spark.ml.DecodingStage;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.spark.page.BenchmarkReport;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.spark.store.StageCache;
import org.deconvnet.spark.store.StageKey;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * Class folders to a report, over random splits: codebooks and classifiers are learned on a split's
 * training images alone. The network, which sees no label, is learned from the training images of
 * each split or of the first one, or comes from a model or from an ONNX file: the configuration and
 * the caller say.
 */
public final class BenchmarkRun {
  private final SparkSession spark;
  private final ExperimentOptions options;
  private final int partitions;
  private final String cacheFolder;
  private final boolean fresh;

  /**
   * @param cacheFolder where networks and pyramids of earlier runs are; null: a folder beside the
   *     output
   * @param fresh make them again
   */
  public BenchmarkRun(
      SparkSession spark,
      ExperimentOptions options,
      int partitions,
      String cacheFolder,
      boolean fresh) {
    this.spark = spark;
    this.options = options;
    this.partitions = partitions;
    this.cacheFolder = cacheFolder;
    this.fresh = fresh;
  }

  /**
   * @param model a model folder whose network is used, learned on whatever corpus; null: learn one
   * @param classes use the first so many classes by name; 0 for all
   */
  public void run(
      String input,
      String model,
      int classes,
      String out,
      boolean overwrite,
      PrintStream terminal) {
    Checks.atLeast(
        "features.vocabularies: to classify by", 1, options.features().vocabularies().size());
    requireSeparate(input, model, out);
    Given given = given(model);
    ImageCorpus corpus = ImageCorpus.open(spark, input, options.corpus().exclude(), classes);
    corpus.requireClasses();
    SmallClasses.refuse(corpus, given.preprocessor, options.split().trainPerClass());
    if (given.network.isEmpty()) {
      MemoryNeed.requireToLearn(spark, corpus, options, partitions);
    }
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, epochs(given));
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus, given.preprocessor, options.corpus().onBadImage(), partitions, progress)) {
      prepared.requireClasses(corpus.root());
      List<Labelled> labelled = labelled(prepared);
      BenchmarkReport.Source source = new BenchmarkReport.Source(model, classes);
      new BenchmarkReport(options, corpus, prepared, source, output, progress)
          .write(
              splits(prepared, labelled, given.network, cache(output, progress), progress),
              baseline(corpus, prepared.classes(), labelled, progress));
      output.complete();
    }
  }

  /**
   * What there is before the corpus is read.
   *
   * @param preprocessor how images come to the network
   * @param network empty: the run learns it
   */
  private record Given(DecodingStage preprocessor, Optional<SplitNetwork> network) {}

  private Given given(String model) {
    Optional<OnnxSettings> file = options.network().as(OnnxSettings.class);
    if (file.isPresent()) {
      OnnxNetwork network = networkOf(file.get(), model);
      return new Given(options.crop(network), Optional.of(SplitNetwork.of(network)));
    }
    return new Given(
        options.preprocessor(),
        Optional.ofNullable(model).map(folder -> SplitNetwork.of(networkOf(folder))));
  }

  /** Of each layer that is learned. */
  private int[] epochs(Given given) {
    return given.network.isEmpty() ? options.network().learned().epochs() : new int[0];
  }

  /** The network of the configuration's file, if it has the layers that are classified by. */
  private OnnxNetwork networkOf(OnnxSettings file, String model) {
    if (model != null) {
      throw new UserErrorException(
          "--model: expected none where the configuration has network.model onnx and so a network of its own, got "
              + model);
    }
    OnnxNetwork network = file.read(spark);
    options.features().requireFit(network.network());
    return network;
  }

  private void requireSeparate(String input, String model, String out) {
    SeparateFolders.require(spark, out, input);
    if (cacheFolder != null) {
      SeparateFolders.require(spark, "cache", cacheFolder, input);
    }
    if (model != null) {
      SeparateFolders.requireKept(spark, out, model);
    }
    options
        .network()
        .as(OnnxSettings.class)
        .ifPresent(o -> SeparateFolders.requireKept(spark, out, "network", o.file()));
  }

  private StageCache cache(OutputFolder output, Progress progress) {
    String folder = cacheFolder == null ? output.beside("deconvnet-cache") : cacheFolder;
    return new StageCache(spark, folder, fresh, progress);
  }

  /** The network of a model, if it was learned on images prepared as these will be. */
  private LayeredModel<?, ?> networkOf(String model) {
    if (CnnFormat.isNetwork(model)) {
      throw new UserErrorException(
          "--model %s: expected a folder that train wrote, got an ONNX file; a configuration with network: {model: onnx, file: …} has benchmark take that"
              .formatted(model));
    }
    ModelFolder folder = ModelFolder.read(spark, model);
    if (!folder.preprocessor().toOptions().equals(options.preprocess())) {
      throw new CorpusException(
          "model %s: expected images prepared as the configuration says, %s; got %s"
              .formatted(model, options.preprocess(), folder.preprocessor().toOptions()));
    }
    return folder.network();
  }

  private List<SplitResult> splits(
      PreparedCorpus prepared,
      List<Labelled> labelled,
      Optional<SplitNetwork> given,
      StageCache cache,
      Progress progress) {
    StageKey key = StageKey.of(prepared.images(), options.network().engine());
    List<SplitResult> results = new ArrayList<>();
    SplitNetwork network = given.orElse(null);
    SplitRun.Words words = null;
    for (int s = 0; s < options.split().splits(); s++) {
      ExperimentOptions own = options.withSeed(options.seed() + s);
      CorpusSplit split = draw(options, labelled, s);
      List<String> trainIds = split.ids(Role.TRAIN);
      Classifiers.requireTrainable(own, trainIds.size());
      Dataset<Row> images = prepared.images();
      if (network == null || (given.isEmpty() && options.split().networkPerSplit())) {
        network =
            SplitNetwork.of(
                new FeatureLearning(own, partitions, progress)
                    .network(cache, key, images, trainIds));
      }
      if (words == null || options.split().wordsPerSplit()) {
        words = new SplitRun.Words(own, trainIds);
      }
      results.add(
          new SplitResult(
              split,
              new SplitRun(own, partitions, prepared.classes(), cache, progress)
                  .run(images, words, split, network, key),
              network,
              s == 0 ? prepared.pictured(trainIds, options.seed()) : List.of()));
    }
    return results;
  }

  static CorpusSplit draw(ExperimentOptions options, List<Labelled> labelled, int number) {
    ExperimentOptions.Split sizes = options.split();
    long seed = options.seed() + number;
    return sizes.validate()
        ? CorpusSplit.drawValidation(
            labelled, sizes.trainPerClass(), Math.max(1, sizes.trainPerClass() / 3), seed)
        : CorpusSplit.draw(labelled, sizes.trainPerClass(), sizes.mostTestPerClass(), seed);
  }

  static List<Labelled> labelled(PreparedCorpus prepared) {
    return prepared
        .images()
        .where(col("label").isNotNull())
        .select("path", "label")
        .collectAsList()
        .stream()
        .map(row -> new Labelled(row.getString(0), row.getString(1)))
        .toList();
  }

  /** Raw pixels on the first split, or null. */
  private Outcome baseline(
      ImageCorpus corpus, List<String> classes, List<Labelled> labelled, Progress progress) {
    if (!options.split().baseline()) {
      return null;
    }
    CorpusSplit split = draw(options, labelled, 0);
    Dataset<Row> files = corpus.read();
    return progress.stage(
        "baseline",
        "a linear classifier on raw pixels, for comparison",
        () ->
            PixelBaseline.run(
                SplitRun.only(files, split, Role.TRAIN),
                SplitRun.only(files, split, Role.TEST),
                classes,
                options.preprocess().upright()));
  }
}
