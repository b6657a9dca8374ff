package org.deconvnet.spark.evaluate;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.describe.ActivationOptions;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.network.Layers;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.pursuit.PursuitOptions;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.Vocabulary;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.MapPyramidEncoder;
import org.deconvnet.spark.ml.OrientedGradientMaps;
import org.deconvnet.spark.ml.PixelPursuit;
import org.deconvnet.spark.ml.PursuitParams;
import org.deconvnet.spark.ml.SpatialPyramidEncoder;
import org.deconvnet.spark.ml.StrongestActivationFeatures;
import org.deconvnet.spark.store.Pipelines;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.spark.store.StageCache;
import org.deconvnet.spark.store.StageKey;

/** Learns, without labels, what turns preprocessed images into feature vectors. */
public final class FeatureLearning {
  private static final int SAMPLE_SLICES = 16;

  private final ExperimentOptions options;
  private final int partitions;
  private final Progress progress;

  public FeatureLearning(ExperimentOptions options, int partitions, Progress progress) {
    this.options = options;
    this.partitions = partitions;
    this.progress = progress;
  }

  /** The network, learned from a sample of these images ({@code network.images} of them). */
  public LayeredModel<?, ?> network(Dataset<Row> images, List<String> ids) {
    return network(images, ids, Checkpointing.NONE);
  }

  /** As above, leaving checkpoints and going on from one. */
  public LayeredModel<?, ?> network(
      Dataset<Row> images, List<String> ids, Checkpointing checkpointing) {
    return options
        .network()
        .learned()
        .learn(networkImages(images, ids), partitions, options.seed(), progress, checkpointing);
  }

  /**
   * As {@link #network(Dataset, List)}, as a stage of a run; an earlier run may have learned it.
   *
   * @param key of the program and the preprocessed images
   */
  public StageCache.Learned network(
      StageCache cache, StageKey key, Dataset<Row> images, List<String> ids) {
    return progress.stage(
        Progress.LEARNING,
        "learning the network",
        () ->
            cache.network(
                key.with("settings", options.network(), options.seed()).with("images", ids),
                () -> network(images, ids)));
  }

  /** Those of these images that the network learns from. */
  public Dataset<Row> networkImages(Dataset<Row> images, List<String> ids) {
    return only(images, sample(ids, options.network().learned().images(), options.seed()));
  }

  /**
   * What turns preprocessed images into pyramids: the network's responses, or those of its
   * strongest activations, or pixels coded by atoms; and the encoders of each vocabulary, which add
   * a column a kernel. Codebooks and atoms are learned from a sample of these images ({@code
   * features.images} of them), where they are needed.
   *
   * @param dense adds the layers' columns, or null
   */
  public List<Transformer> features(
      Transformer dense, Layers network, Dataset<Row> images, List<String> ids) {
    List<Transformer> stages = responses(dense, network);
    List<Transformer> encoders = new ArrayList<>();
    if (options.features().learned()) {
      encoders.addAll(learned(stages, images, ids));
    }
    for (Vocabulary vocabulary : options.features().vocabularies()) {
      if (vocabulary.pools()) {
        encoders.add(pooling(vocabulary));
      }
    }
    stages.addAll(encoders);
    return stages;
  }

  /**
   * Encoders with words, learned from what the stages give.
   *
   * @param stages receives those that code pixels, learned first
   */
  private List<Transformer> learned(
      List<Transformer> stages, Dataset<Row> images, List<String> ids) {
    ExperimentOptions.Features features = options.features();
    List<String> chosen = sample(ids, features.images(), options.seed() + 1);
    int each = Math.max(1, (features.descriptors() + chosen.size() - 1) / chosen.size());
    Dataset<Row> sampled = only(images, chosen).coalesce(slices());
    for (Vocabulary vocabulary : features.vocabularies()) {
      if (vocabulary.patches()) {
        stages.add(pursuit(vocabulary, each).fit(sampled));
      }
    }
    // Whole maps of hundreds of images: read once a vocabulary, too large to keep in memory.
    Dataset<Row> responses =
        Pipelines.of("responses", stages).transform(sampled).persist(StorageLevel.DISK_ONLY());
    List<Transformer> encoders = new ArrayList<>();
    try {
      for (Vocabulary vocabulary : features.vocabularies()) {
        if (!vocabulary.wordCodings().isEmpty()) {
          encoders.add(encoder(vocabulary, each).fit(responses));
        }
      }
    } finally {
      responses.unpersist();
    }
    return encoders;
  }

  /** A few images a file make many small partitions; the sample needs only a few. */
  private int slices() {
    return partitions > 0 ? partitions : SAMPLE_SLICES;
  }

  /**
   * The network as far up as a dense vocabulary needs it, or null.
   *
   * @param network adds the layers' columns
   */
  Transformer dense(Transformer network) {
    int top =
        options.features().vocabularies().stream()
            .filter(Vocabulary::dense)
            .mapToInt(Vocabulary::layer)
            .max()
            .orElse(0);
    if (top == 0) {
      return null;
    }
    return network instanceof LayeredModel<?, ?> own ? own.upTo(top) : network;
  }

  private List<Transformer> responses(Transformer dense, Layers network) {
    List<Transformer> stages = new ArrayList<>();
    if (dense != null) {
      stages.add(dense);
    }
    List<Vocabulary> vocabularies = options.features().vocabularies();
    if (vocabularies.stream().anyMatch(Vocabulary::sift)) {
      stages.add(new OrientedGradientMaps());
    }
    vocabularies.stream()
        .filter(vocabulary -> vocabulary.activations() > 0)
        .forEach(vocabulary -> stages.add(strongest(vocabulary, network)));
    return stages;
  }

  private StrongestActivationFeatures strongest(Vocabulary vocabulary, Layers network) {
    return new StrongestActivationFeatures(
            vocabulary.name() + "Activations",
            network.as(AdaptiveNetwork.class).orElseThrow().upTo(vocabulary.layer()))
        .setEngine(options.network().engine())
        .setOutputCol(vocabulary.column())
        .setActivations(
            new ActivationOptions(
                vocabulary.activations(),
                ActivationOptions.DEFAULTS.leastShare(),
                vocabulary.weights()))
        .setDescriptors(vocabulary.descriptors());
  }

  private PixelPursuit pursuit(Vocabulary vocabulary, int windowsPerImage) {
    PursuitOptions pursuit = vocabulary.pixels().pursuit();
    return new PixelPursuit()
        .setInputCol(vocabulary.imageColumn())
        .setOutputCol(vocabulary.column())
        .setEngine(options.network().engine())
        .setAtoms(pursuit.atoms())
        .setSparsity(pursuit.sparsity())
        .setMaxIter(pursuit.rounds())
        .setSigns(PursuitParams.name(pursuit.signs()))
        .setCell(vocabulary.descriptors().cellSize())
        .setWindowsPerImage(windowsPerImage)
        .setSeed(options.seed());
  }

  private SpatialPyramidEncoder encoder(Vocabulary vocabulary, int descriptorsPerImage) {
    return new SpatialPyramidEncoder()
        .setInputCol(vocabulary.column())
        .setImageCol(vocabulary.imageColumn())
        .setCellMaps(vocabulary.patches())
        .setOutputCols(
            vocabulary.wordCodings().stream().map(vocabulary::kernel).toArray(String[]::new))
        .setCodings(
            vocabulary.wordCodings().stream().map(PyramidCode::toString).toArray(String[]::new))
        .setEngine(options.network().engine())
        .setDescriptors(vocabulary.descriptors())
        .setLevels(vocabulary.pyramid().levels())
        .setVocabulary(vocabulary.words())
        .setDescriptorsPerImage(descriptorsPerImage)
        .setMaxIter(options.features().kmeansIterations())
        .setSeed(options.seed());
  }

  private static MapPyramidEncoder pooling(Vocabulary vocabulary) {
    return new MapPyramidEncoder()
        .setInputCol(vocabulary.column())
        .setOutputCol(vocabulary.kernel(PyramidCode.MAPS))
        .setLevels(vocabulary.pyramid().levels());
  }

  /** So many ids, drawn by the seed alone; all of them for 0. */
  public static List<String> sample(List<String> ids, int count, long seed) {
    return ids.stream()
        .sorted(Comparator.comparingLong((String id) -> BatchPlan.mix(id, seed)))
        .limit(count == 0 ? Long.MAX_VALUE : count)
        .sorted()
        .toList();
  }

  public static Dataset<Row> only(Dataset<Row> images, List<String> ids) {
    Set<String> wanted = new HashSet<>(ids);
    return images.filter((FilterFunction<Row>) row -> wanted.contains(row.getString(0)));
  }

  public static List<String> ids(Dataset<Row> images) {
    return images.select(col("path")).collectAsList().stream().map(r -> r.getString(0)).toList();
  }
}
