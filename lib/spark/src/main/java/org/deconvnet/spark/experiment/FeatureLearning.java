package org.deconvnet.spark.experiment;

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
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.OrientedGradientMaps;
import org.deconvnet.spark.ml.SpatialPyramidEncoder;

/** Learns, without labels, what turns preprocessed images into feature vectors. */
final class FeatureLearning {
  private static final int SAMPLE_SLICES = 16;

  private final ExperimentOptions options;
  private final int partitions;
  private final Progress progress;

  FeatureLearning(ExperimentOptions options, int partitions, Progress progress) {
    this.options = options;
    this.partitions = partitions;
    this.progress = progress;
  }

  /** The network, learned from a sample of these images ({@code network.images} of them). */
  LayeredModel<?, ?> network(Dataset<Row> images, List<String> ids) {
    NetworkSettings settings = options.network();
    Dataset<Row> sample = only(images, sample(ids, settings.images(), options.seed()));
    return settings.learn(sample, partitions, options.seed(), progress);
  }

  /**
   * What turns preprocessed images into pyramids: the network as far up as a vocabulary needs it,
   * and an encoder a vocabulary, which adds a column a kernel. Codebooks are learned from a sample
   * of these images ({@code features.images} of them).
   */
  List<Transformer> features(LayeredModel<?, ?> network, Dataset<Row> images, List<String> ids) {
    ExperimentOptions.Features features = options.features();
    List<Transformer> stages = responses(network);
    List<String> chosen = sample(ids, features.images(), options.seed() + 1);
    int each = Math.max(1, (features.descriptors() + chosen.size() - 1) / chosen.size());
    Dataset<Row> responses =
        Pipelines.of("responses", stages)
            .transform(only(images, chosen).coalesce(slices()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    for (Vocabulary vocabulary : features.vocabularies()) {
      stages.add(encoder(vocabulary, each).fit(responses));
    }
    responses.unpersist();
    return stages;
  }

  /** A few images a file make many small partitions; the sample needs only a few. */
  private int slices() {
    return partitions > 0 ? partitions : SAMPLE_SLICES;
  }

  private List<Transformer> responses(LayeredModel<?, ?> network) {
    List<Vocabulary> vocabularies = options.features().vocabularies();
    int top = vocabularies.stream().mapToInt(Vocabulary::layer).max().orElse(0);
    List<Transformer> stages = new ArrayList<>();
    if (top > 0) {
      stages.add(network.upTo(top));
    }
    if (vocabularies.stream().anyMatch(Vocabulary::sift)) {
      stages.add(new OrientedGradientMaps());
    }
    return stages;
  }

  private SpatialPyramidEncoder encoder(Vocabulary vocabulary, int descriptorsPerImage) {
    return new SpatialPyramidEncoder()
        .setInputCol(vocabulary.source())
        .setImageCol(vocabulary.sift() ? "plain" : "image")
        .setOutputCols(vocabulary.kernels().toArray(String[]::new))
        .setCodings(vocabulary.codings().toArray(String[]::new))
        .setEngine(options.network().engine())
        .setDescriptors(vocabulary.descriptors())
        .setLevels(vocabulary.levels())
        .setVocabulary(vocabulary.words())
        .setDescriptorsPerImage(descriptorsPerImage)
        .setMaxIter(options.features().kmeansIterations())
        .setSeed(options.seed());
  }

  /** So many ids, drawn by the seed alone; all of them for 0. */
  static List<String> sample(List<String> ids, int count, long seed) {
    return ids.stream()
        .sorted(Comparator.comparingLong((String id) -> BatchPlan.mix(id, seed)))
        .limit(count == 0 ? Long.MAX_VALUE : count)
        .sorted()
        .toList();
  }

  static Dataset<Row> only(Dataset<Row> images, List<String> ids) {
    Set<String> wanted = new HashSet<>(ids);
    return images.filter((FilterFunction<Row>) row -> wanted.contains(row.getString(0)));
  }

  static List<String> ids(Dataset<Row> images) {
    return images.select(col("path")).collectAsList().stream().map(r -> r.getString(0)).toList();
  }
}
