package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.config.AdaptiveSettings;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.CorpusSplit;
import org.deconvnet.spark.corpus.CorpusSplit.Role;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.AblationAccuracy;
import org.deconvnet.spark.evaluate.AblationResult;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.evaluate.NextImages;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.evaluate.SmallClasses;
import org.deconvnet.spark.evaluate.SplitRun;
import org.deconvnet.spark.exec.AblationErrors;
import org.deconvnet.spark.exec.AblationErrors.ImagePair;
import org.deconvnet.spark.exec.AblationErrors.LayerFit;
import org.deconvnet.spark.ml.AblatedMaps;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.page.AblationReport;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.spark.store.StageCache;
import org.deconvnet.spark.store.StageKey;
import org.deconvnet.tensor.UserErrorException;

/**
 * What switches and the image as every layer's target contribute (Zeiler et al., ICCV 2011): on one
 * split of class folders, each layer's reconstruction error on the test images and its accuracy,
 * under each {@link Ablation}. The network is learned from the training images, once for the images
 * and once for the layers below.
 */
public final class AblationRun {
  private final SparkSession spark;
  private final ExperimentOptions options;
  private final int partitions;
  private final String cacheFolder;

  /**
   * @param cacheFolder where networks and pyramids of earlier runs are; null: a folder beside the
   *     output
   * @throws IllegalArgumentException if the configuration's network is not that of 2011
   */
  public AblationRun(
      SparkSession spark, ExperimentOptions options, int partitions, String cacheFolder) {
    if (options.network().as(AdaptiveSettings.class).isEmpty()) {
      throw new UserErrorException(
          "network.model: ablations are of the network of 2011, expected adn, got "
              + options.network().family());
    }
    this.spark = spark;
    this.options = options;
    this.partitions = partitions;
    this.cacheFolder = cacheFolder;
  }

  /**
   * @param classes use the first so many classes by name; 0 for all
   */
  public void run(String input, int classes, String out, boolean overwrite, PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    if (cacheFolder != null) {
      SeparateFolders.require(spark, "cache", cacheFolder, input);
    }
    ImageCorpus corpus = ImageCorpus.open(spark, input, options.corpus().exclude(), classes);
    corpus.requireClasses();
    SmallClasses.refuse(corpus, options.preprocessor(), options.split().trainPerClass());
    MemoryNeed.requireToLearn(spark, corpus, options, partitions);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, options.network().learned().epochs());
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus,
                options.preprocessor(),
                options.corpus().onBadImage(),
                partitions,
                progress)) {
      List<String> usedClasses = prepared.requireClasses(corpus.root());
      Dataset<Row> pairs =
          NextImages.beside(prepared.images(), options.seed())
              .persist(StorageLevel.MEMORY_AND_DISK());
      CorpusSplit split = BenchmarkRun.draw(options, BenchmarkRun.labelled(prepared), 0);
      String folder = cacheFolder == null ? output.beside("deconvnet-cache") : cacheFolder;
      StageCache cache = new StageCache(spark, folder, false, progress);
      AblationResult result;
      try {
        result = ablate(prepared, pairs, split, usedClasses, cache, progress);
      } finally {
        pairs.unpersist();
      }
      new AblationReport(options, corpus, prepared, output, progress).write(result);
      output.complete();
    }
  }

  private AblationResult ablate(
      PreparedCorpus prepared,
      Dataset<Row> pairs,
      CorpusSplit split,
      List<String> classes,
      StageCache cache,
      Progress progress) {
    List<String> trainIds = split.ids(Role.TRAIN);
    FeatureLearning learning = new FeatureLearning(options, partitions, progress);
    StageKey key = StageKey.of(prepared.images(), options.network().engine());
    LayeredModel<?, ?> learned = learning.network(cache, key, prepared.images(), trainIds).model();
    AdaptiveNetwork below =
        progress.stage(
            Progress.LEARNING,
            "learning each layer for the layer below",
            () ->
                options
                    .network()
                    .as(AdaptiveSettings.class)
                    .orElseThrow()
                    .learnLayersBelow(
                        learning.networkImages(prepared.images(), trainIds),
                        partitions,
                        options.seed(),
                        progress));
    Map<Ablation, AdaptiveNetwork> networks = new EnumMap<>(Ablation.class);
    for (Ablation ablation : Ablation.values()) {
      networks.put(
          ablation,
          ablation == Ablation.LAYER_BELOW_AS_TARGET
              ? below
              : learned.network().as(AdaptiveNetwork.class).orElseThrow());
    }
    Map<Ablation, List<LayerFit>> fits = fits(imagePairs(pairs, split), networks, progress);
    AblationAccuracy accuracy = new AblationAccuracy(options, partitions, classes, cache, progress);
    Map<Ablation, Map<Integer, Double>> rates = new EnumMap<>(Ablation.class);
    networks.forEach(
        (ablation, network) ->
            rates.put(
                ablation,
                accuracy.of(
                    ablation, network, fits.get(ablation), learned.network(), pairs, split, key)));
    return new AblationResult(
        split, networks, fits, rates, accuracy.kernels(), pictured(pairs, split));
  }

  private Map<Ablation, List<LayerFit>> fits(
      JavaRDD<ImagePair> test, Map<Ablation, AdaptiveNetwork> networks, Progress progress) {
    Map<Ablation, List<LayerFit>> fits = new EnumMap<>(Ablation.class);
    networks.forEach(
        (ablation, network) ->
            fits.put(
                ablation,
                progress.stage(
                    "reconstruct",
                    "reconstructing the test images: " + ablation.title(),
                    () -> AblationErrors.of(test, network, ablation, options.network().engine()))));
    return fits;
  }

  private static JavaRDD<ImagePair> imagePairs(Dataset<Row> pairs, CorpusSplit split) {
    return SplitRun.only(pairs, split, Role.TEST)
        .select("image", AblatedMaps.ANOTHER)
        .javaRDD()
        .map(AblationRun::imagePair);
  }

  private static ImagePair imagePair(Row row) {
    return new ImagePair(
        FeatureMapsColumn.fromRow(row.getStruct(0)), FeatureMapsColumn.fromRow(row.getStruct(1)));
  }

  /** A few test images for the report, drawn by the seed. */
  private List<ImagePair> pictured(Dataset<Row> pairs, CorpusSplit split) {
    Set<String> chosen =
        new HashSet<>(
            FeatureLearning.sample(
                split.ids(Role.TEST), AblationReport.PICTURED, options.seed() + 2));
    return pairs
        .filter((FilterFunction<Row>) row -> chosen.contains(row.getString(0)))
        .orderBy("path")
        .select("image", AblatedMaps.ANOTHER)
        .collectAsList()
        .stream()
        .map(AblationRun::imagePair)
        .toList();
  }
}
