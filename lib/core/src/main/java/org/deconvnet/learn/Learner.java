package org.deconvnet.learn;

import java.util.List;
import java.util.function.Consumer;
import org.deconvnet.solve.SolverDivergedException;

/**
 * Learns the filters of one layer by alternation (Zeiler et al., CVPR 2010, algorithm 1; ICCV 2011,
 * algorithm 1): code the images of a batch with the filters, update the filters with the codes, go
 * on to the next batch. The one algorithm for all families, for a single JVM and for a cluster: the
 * family is in its {@link LayerLearning}, the place in its {@link Batch}. Not thread-safe.
 *
 * @param <I> the family's state of an image
 * @param <K> what images are coded with
 */
public final class Learner<I extends TrainingImage, K extends Coding<I>> {
  private final LayerLearning<I, K> layer;
  private final TrainingListener listener;

  public Learner(LayerLearning<I, K> layer, TrainingListener listener) {
    this.layer = layer;
    this.listener = listener;
  }

  /** Learns the layer from its start, and keeps no checkpoints. */
  public LayerState learn(List<? extends Batch<I, K>> batches) {
    return learn(batches, layer.start(batches), state -> {});
  }

  /**
   * @param batches every image once, in batches
   * @param from where to start, or to go on
   * @param checkpoint is given the state after each batch, before the listener hears of it
   * @return the state after the last epoch
   * @throws SolverDivergedException naming layer, epoch, batch and the last values, if codes or
   *     filters stop being finite, or codes become worse than none
   */
  public LayerState learn(
      List<? extends Batch<I, K>> batches, LayerState from, Consumer<LayerState> checkpoint) {
    LayerState state = from;
    while (state.epoch() <= layer.epochs()) {
      LayerState done = round(batches, state);
      boolean whole = done.batches() == batches.size();
      state = whole ? layer.nextEpoch(done, batches, listener) : done;
      checkpoint.accept(state);
      LayerProgress progress = done.progress();
      listener.batchDone(progress, done.batches(), batches.size());
      if (state.epoch() > layer.epochs()) {
        layer.ended(progress, listener);
      }
    }
    return state;
  }

  /** Codes the next batch and updates the filters. */
  private LayerState round(List<? extends Batch<I, K>> batches, LayerState state) {
    Batch<I, K> batch = batches.get(state.batches());
    batch.begins(state.layer(), state.epoch(), state.batches() + 1);
    try {
      TimedBatch<I, K> timed = new TimedBatch<>(batch);
      LayerState moved = layer.round(state, timed, batches.size());
      listener.roundTimed(timed.time(state.layer()));
      return moved;
    } catch (Exception e) {
      rethrowDivergence(e, state);
      throw e;
    } finally {
      batch.release();
    }
  }

  /** A cluster wraps what its tasks throw: the cause says what happened, the state says where. */
  private static void rethrowDivergence(Exception failure, LayerState state) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SolverDivergedException) {
        throw SolverDivergedException.inLearning(
            "layer %d, epoch %d, batch %d: learning diverges: %s; before: %s"
                .formatted(
                    state.layer(),
                    state.epoch(),
                    state.batches() + 1,
                    t.getMessage(),
                    state.lastValues()),
            failure);
      }
    }
  }

  /** Codes every image once more with the finished filters; the batches keep the codes. */
  public LastPass lastPass(List<? extends Batch<I, K>> batches, K finished) {
    LastPass all = new LastPass();
    for (int b = 0; b < batches.size(); b++) {
      batches.get(b).begins(layer.number(), 0, b + 1);
      all.merge(
          batches.get(b).code(finished, (coded, coding, engine, count) -> LastPass.over(coded)));
      listener.lastPass(layer.number(), b + 1, batches.size());
    }
    return all;
  }
}
