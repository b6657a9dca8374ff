package org.deconvnet.spark.exec;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.Coding;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.Network;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.spark.checkpoint.RunIdentity;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Trains a network of any family layer by layer on a cluster. Images are laid out once a layer so
 * that each batch owns its partitions, and stay persisted. The algorithm itself is {@link
 * Learner}'s, the family's part {@link NetworkLearning}'s. Not thread-safe.
 *
 * <p>Grows with: the images, on executors only; the filters or their statistics, on the driver and
 * on the network each round, and in a checkpoint. Where an epoch starts from the codes of the one
 * before, the codes are kept on executors, and in a checkpoint: with checkpoints a lost partition
 * is coded again from there, without them from the first epoch on. Where codes start from zero, a
 * round's lineage does not grow with the rounds before it.
 */
public final class LayerwiseTraining {
  private final JavaSparkContext context;
  private final String asked;
  private final TrainingListener listener;
  private final Checkpointing checkpointing;

  /** Without checkpoints. */
  public LayerwiseTraining(JavaSparkContext context, String engine, TrainingListener listener) {
    this(context, engine, listener, Checkpointing.NONE);
  }

  /**
   * @param engine an engine's name, or "auto"; resolved on the driver and binding for executors. A
   *     run that goes on from a checkpoint takes the checkpoint's for "auto"
   */
  public LayerwiseTraining(
      JavaSparkContext context,
      String engine,
      TrainingListener listener,
      Checkpointing checkpointing) {
    this.context = context;
    this.asked = engine;
    this.listener = listener;
    this.checkpointing = checkpointing;
  }

  /**
   * Learns the layers one above the other, or goes on where an earlier run with the same images and
   * settings left a checkpoint: the result is the same to the bit.
   *
   * @param images preprocessed images with unique ids, not coded yet
   * @param partitions of each batch; a layer that is gone on with from kept codes keeps those it
   *     had
   * @throws IllegalArgumentException if there is no image, or layers do not fit on each other
   * @throws CheckpointException if there is a checkpoint that is damaged or of another run
   */
  public <N extends Network, I extends TrainingImage, K extends Coding<I>> TrainedNetwork<N> train(
      JavaRDD<I> images, int partitions, NetworkLearning.Start<N, I, K> family) {
    String engine = checkpointing.engine(context, asked);
    int channels = first(images).image().maps();
    return train(
        images, partitions, engine, family.on(channels, ConvolutionEngines.create(engine)));
  }

  /**
   * As {@link #train}.
   *
   * @param rows ids and preprocessed images, in this order
   */
  public <N extends Network, I extends TrainingImage, K extends Coding<I>>
      TrainedNetwork<N> trainRows(
          JavaRDD<Row> rows, int partitions, NetworkLearning.Start<N, I, K> family) {
    String engine = checkpointing.engine(context, asked);
    int channels = image(first(rows)).maps();
    NetworkLearning<N, I, K> learning = family.on(channels, ConvolutionEngines.create(engine));
    TrainingImage.Maker<I> maker = learning.images();
    return train(
        rows.map(row -> maker.of(row.getString(0), image(row), null)),
        partitions,
        engine,
        learning);
  }

  private static FeatureMaps image(Row row) {
    try {
      return FeatureMapsColumn.fromRow(row.getStruct(1));
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of(row.getString(0), e);
    }
  }

  private static <T> T first(JavaRDD<T> images) {
    List<T> first = images.take(1);
    if (first.isEmpty()) {
      throw new UserErrorException("training: expected at least one image, got none");
    }
    return first.get(0);
  }

  private <N extends Network, I extends TrainingImage, K extends Coding<I>> TrainedNetwork<N> train(
      JavaRDD<I> images, int partitions, String engine, NetworkLearning<N, I, K> learning) {
    try (PersistedData kept = new PersistedData()) {
      JavaRDD<I> state = kept.keep(images);
      RunIdentity.Images all = ImageDigest.of(state, TrainingImage::id, TrainingImage::image);
      RunIdentity identity =
          RunIdentity.of(learning.family(), learning.identity(), learning.seed(1), engine, all);
      return new LayerwiseRun<>(
              context,
              kept,
              learning,
              listener,
              checkpointing.open(context, identity),
              engine,
              partitions,
              all.count())
          .train(state);
    }
  }
}
