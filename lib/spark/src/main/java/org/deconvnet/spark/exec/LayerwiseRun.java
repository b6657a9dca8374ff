package org.deconvnet.spark.exec;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.learn.Coding;
import org.deconvnet.learn.LastPass;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.Network;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.spark.checkpoint.CheckpointFolder;
import org.deconvnet.spark.checkpoint.StoredImages;
import org.deconvnet.spark.checkpoint.TrainingCheckpoint;

/**
 * One call of {@link LayerwiseTraining#train}: layer after layer, each on what the one below handed
 * up, with a checkpoint on the way. Not thread-safe.
 *
 * @param <N> the family's network
 * @param <I> the family's state of an image
 * @param <K> what images are coded with
 */
final class LayerwiseRun<N extends Network, I extends TrainingImage, K extends Coding<I>> {
  private final JavaSparkContext context;
  private final PersistedData kept;
  private final NetworkLearning<N, I, K> learning;
  private final TrainingListener listener;
  private final Optional<CheckpointFolder> folder;
  private final String engine;
  private final int partitions;
  private final long count;

  /**
   * @param engine resolved
   * @param partitions of each batch
   * @param count of the images
   */
  LayerwiseRun(
      JavaSparkContext context,
      PersistedData kept,
      NetworkLearning<N, I, K> learning,
      TrainingListener listener,
      Optional<CheckpointFolder> folder,
      String engine,
      int partitions,
      long count) {
    this.context = context;
    this.kept = kept;
    this.learning = learning;
    this.listener = listener;
    this.folder = folder;
    this.engine = engine;
    this.partitions = partitions;
    this.count = count;
  }

  /**
   * @param images of layer 1, kept
   */
  TrainedNetwork<N> train(JavaRDD<I> images) {
    TrainingCheckpoint<N> done = resumed().orElseGet(() -> TrainingCheckpoint.start(learning));
    JavaRDD<I> state = finished(done) ? images : inputOfNext(images, done);
    while (!finished(done)) {
      LayerBatches<I, K> layer = batches(state, done);
      TrainingCheckpoint<N> more = learnLayer(layer, done);
      boolean last = finished(more);
      state = last ? state : handUp(layer, learning.handUp(more.finished()));
      done = stored(more, last ? null : state, layer.each());
      state = done.images() == null ? state : read(done.images());
      layer.release();
      kept.releaseAllBut(state);
    }
    return new TrainedNetwork<>(done.finished(), done.epochs(), done.last(), engine);
  }

  private <T> T job(String what, Supplier<T> work) {
    return JobDescription.during(context.sc(), what, work);
  }

  private boolean finished(TrainingCheckpoint<N> done) {
    return done.finished().depth() == learning.layers();
  }

  private Optional<TrainingCheckpoint<N>> resumed() {
    Optional<TrainingCheckpoint<N>> found =
        folder.flatMap(f -> TrainingCheckpoint.read(f, learning));
    found.ifPresent(
        at -> {
          LayerState current = at.current();
          listener.resumed(
              at.finished().depth() + 1,
              current == null ? 1 : current.epoch(),
              current == null ? 0 : current.batches());
        });
    return found;
  }

  /** Where a checkpoint left the images, or all that the finished layers make of them. */
  private JavaRDD<I> inputOfNext(JavaRDD<I> images, TrainingCheckpoint<N> done) {
    if (done.images() != null) {
      kept.release(images);
      return read(done.images());
    }
    return underFinished(images, done);
  }

  private JavaRDD<I> read(StoredImages stored) {
    return StoredImageFiles.read(context, stored, learning.images());
  }

  /** What finished layers made of the images is not stored: it comes out again as it was. */
  private JavaRDD<I> underFinished(JavaRDD<I> images, TrainingCheckpoint<N> done) {
    JavaRDD<I> state = images;
    TrainingCheckpoint<N> below = TrainingCheckpoint.start(learning);
    for (int number = 1; number <= done.finished().depth(); number++) {
      LayerBatches<I, K> layer = batches(state, below);
      K coding = learning.coding(done.finished(), number);
      LastPass pass = learner(learning.layer(below.finished())).lastPass(layer.all(), coding);
      requireSame(number, pass.progress(number), done.last().get(number - 1));
      N network = learning.plus(below.finished(), coding, pass);
      below = below.plus(network, done.epochs().get(number - 1), pass.progress(number));
      state = handUp(layer, learning.handUp(network));
      layer.release();
      kept.releaseAllBut(state);
    }
    return state;
  }

  private void requireSame(int number, LayerProgress now, LayerProgress before) {
    if (!now.equals(before)) {
      throw new CheckpointException(
          folder.map(CheckpointFolder::place).orElse(""),
          "layer %d codes the images as %s now, and did as %s: another machine or JVM"
              .formatted(number, now, before),
          "to go on from it, run on a machine and a JVM like the first",
          null);
    }
  }

  private Learner<I, K> learner(LayerLearning<I, K> layer) {
    return new Learner<>(layer, listener);
  }

  /** Stored images of a layer that is under way lie in their batches already. */
  private LayerBatches<I, K> batches(JavaRDD<I> state, TrainingCheckpoint<N> done) {
    if (done.current() != null && done.images() != null) {
      return cut(state, done.images().perBatch());
    }
    int number = done.finished().depth() + 1;
    return job(
        "layer %d: lay images out in batches".formatted(number),
        () -> {
          BatchLayout layout =
              BatchLayout.of(
                  state, count, learning.batchSize(number), partitions, learning.seed(number));
          return cut(kept.keep(layout.layOut(state)), partitions);
        });
  }

  private LayerBatches<I, K> cut(JavaRDD<I> laidOut, int each) {
    return LayerBatches.of(context, kept, engine, learning.keepsCodes(), laidOut, each);
  }

  private TrainingCheckpoint<N> learnLayer(LayerBatches<I, K> layer, TrainingCheckpoint<N> done) {
    LayerLearning<I, K> family = learning.layer(done.finished());
    Learner<I, K> learner = learner(family);
    LayerState from = done.current() == null ? family.start(layer.all()) : done.current();
    LayerState end = learner.learn(layer.all(), from, now -> checkpoint(done.at(now), layer));
    K finished = family.finished(end, layer.all());
    LastPass pass = learner.lastPass(layer.all(), finished);
    N network = learning.plus(done.finished(), finished, pass);
    return done.plus(network, end.epochs(), pass.progress(family.number()));
  }

  /** Kept codes are stored with the end of an epoch, and learning goes on from where they are. */
  private void checkpoint(TrainingCheckpoint<N> now, LayerBatches<I, K> layer) {
    boolean whole = now.current().batches() == 0;
    if (folder.isEmpty()) {
      return;
    }
    if (!learning.keepsCodes()) {
      if (whole || folder.get().due()) {
        now.write(folder.get(), learning);
      }
    } else if (whole) {
      JavaRDD<I> stored = read(stored(now, layer.coded(), layer.each()).images());
      layer.moveTo(stored);
      kept.releaseAllBut(stored);
    }
  }

  /**
   * @param images what the next layer learns from; null after the last
   * @return the same with the images where they are stored, if they are
   */
  private TrainingCheckpoint<N> stored(TrainingCheckpoint<N> now, JavaRDD<I> images, int each) {
    if (folder.isEmpty()) {
      return now;
    }
    return learning.keepsCodes() && images != null
        ? now.write(
            folder.get(), learning, StoredImageFiles.write(context, images, each, folder.get()))
        : now.write(folder.get(), learning);
  }

  /** What the next layer learns from, in no more partitions than a batch has. */
  private JavaRDD<I> handUp(LayerBatches<I, K> layer, NetworkLearning.HandUp<I> handUp) {
    JavaRDD<I> next = kept.keep(layer.coded().coalesce(partitions).map(handUp::above));
    job("hand images up to the next layer", next::count);
    return next;
  }
}
