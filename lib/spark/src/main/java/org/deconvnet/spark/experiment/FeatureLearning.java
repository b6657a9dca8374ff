package org.deconvnet.spark.experiment;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.features.DescriptorOptions;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.SpatialPyramidEncoder;

/** Learns, without labels, what turns preprocessed images into feature vectors. */
final class FeatureLearning {
  /** Column of the joined pyramids. */
  static final String FEATURES = "features";

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
   * Network, one pyramid encoder a layer, and their joined vectors. Codebooks are learned from a
   * sample of these images ({@code features.images} of them).
   */
  PipelineModel features(LayeredModel<?, ?> network, Dataset<Row> images, List<String> ids) {
    ExperimentOptions.Features features = options.features();
    List<String> chosen = sample(ids, features.images(), options.seed() + 1);
    Dataset<Row> responses = network.transform(only(images, chosen));
    int each = Math.max(1, (features.descriptors() + chosen.size() - 1) / chosen.size());
    List<Transformer> stages = new ArrayList<>(List.of(network));
    List<String> columns = new ArrayList<>();
    for (int layer : features.layers()) {
      columns.add(pyramid(layer));
      stages.add(encoder(layer, each).fit(responses));
    }
    stages.add(
        new VectorAssembler().setInputCols(columns.toArray(String[]::new)).setOutputCol(FEATURES));
    return Pipelines.of("features", stages);
  }

  /** The column of one layer's pyramid. */
  static String pyramid(int layer) {
    return "pyramid" + layer;
  }

  private SpatialPyramidEncoder encoder(int layer, int descriptorsPerImage) {
    ExperimentOptions.Features f = options.features();
    return new SpatialPyramidEncoder()
        .setInputCol(LayeredModel.layerColumn(layer))
        .setOutputCol(pyramid(layer))
        .setEngine(options.network().engine())
        .setDescriptors(new DescriptorOptions(f.patch(), f.step(), f.cells(), f.clip()))
        .setLevels(f.levels())
        .setCoding(f.coding())
        .setVocabulary(f.vocabulary())
        .setDescriptorsPerImage(descriptorsPerImage)
        .setMaxIter(f.kmeansIterations())
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
