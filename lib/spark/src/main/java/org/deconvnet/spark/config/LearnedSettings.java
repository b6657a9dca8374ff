package org.deconvnet.spark.config;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/** A network that a run learns, as its configuration says it. */
public sealed interface LearnedSettings extends NetworkSettings
    permits AdaptiveSettings, DeconvolutionalSettings, CscSettings, PatchesSettings {
  @Override
  LearnedSettings withEngine(String engine);

  @Override
  default LearnedSettings learned() {
    return this;
  }

  /** Learn from so many training images; 0 for all. */
  int images();

  /** Rows and columns that a preprocessed image must have for the network's filters. */
  int leastSide();

  /**
   * Refuses layers that do not fit on each other, or on images of so many channels.
   *
   * @throws IllegalArgumentException naming the key
   */
  void requireFit(int channels);

  @Override
  default void requireFit(PreprocessOptions preprocess) {
    requireFit(preprocess.grey() ? 1 : 3);
  }

  /**
   * Bytes that coding one image takes at least, a number a layer, from layer 1 up.
   *
   * @param image shape of a preprocessed image, (C, H, W)
   */
  List<Long> codingBytes(Shape image);

  /** Number of layers. */
  int depth();

  @Override
  default OptionalInt knownDepth() {
    return OptionalInt.of(depth());
  }

  /** Images between two updates of the filters. */
  int batchSize();

  /** Passes over the images, layer by layer. */
  int[] epochs();

  /** Whether its networks can remove noise. */
  boolean denoises();

  /**
   * Learns the network.
   *
   * @param images columns path and image
   * @param partitions of a batch; 0: Spark's default parallelism
   */
  LayeredModel<?, ?> learn(
      Dataset<Row> images,
      int partitions,
      long seed,
      TrainingListener listener,
      Checkpointing checkpointing);

  /**
   * The network of filters that were learned elsewhere.
   *
   * @param filters one a layer, from the image upwards
   * @param channels of a preprocessed image
   * @param seed of a random connectivity
   * @throws UserErrorException if they are not of these layers
   */
  LayeredModel<?, ?> withFilters(List<GivenFilter> filters, int channels, long seed);

  /** Refuses another number of files than layers. */
  default void requireOneEach(List<GivenFilter> filters) {
    if (filters.size() != depth()) {
      throw new UserErrorException(
          "filters: expected one file for each of the %d layers of the configuration, got %d: %s"
              .formatted(
                  depth(), filters.size(), filters.stream().map(GivenFilter::file).toList()));
    }
  }

  /**
   * Refuses layers that differ in what holds for the whole network.
   *
   * @param key for the message
   * @throws UserErrorException naming the key and its values
   */
  static void requireAlike(String key, Stream<?> values) {
    List<?> different = values.distinct().toList();
    if (different.size() > 1) {
      throw new UserErrorException(
          "network.layers: expected one %s for all layers, got %s".formatted(key, different));
    }
  }
}
