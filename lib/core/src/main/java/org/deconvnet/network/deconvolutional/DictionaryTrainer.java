package org.deconvnet.network.deconvolutional;

import java.util.List;
import java.util.function.Consumer;
import org.deconvnet.dictionary.FilterQuadratic;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.tensor.FilterBank;

/**
 * Learns the filters of one layer of the 2010 network by alternation: code the images of a batch,
 * add the statistics of their codes to what is remembered of earlier batches, put the filters at
 * the minimum of the quadratic that these statistics describe, go on to the next batch.
 *
 * <p>The paper updates the filters after every image, which cannot be spread over machines, and
 * found updates after whole epochs to learn badly. Statistics carried over batches let each update
 * see more images than its batch (online dictionary learning, Mairal et al., JMLR 2010). The one
 * algorithm for a single JVM and for a cluster: they differ in their {@link CodeBatch}. {@link
 * PerImageLearning} is the paper's own. Not thread-safe.
 */
public final class DictionaryTrainer {
  private final FilterStep step;
  private final TrainingListener listener;

  public DictionaryTrainer(FilterStep step, TrainingListener listener) {
    this.step = step;
    this.listener = listener;
  }

  /**
   * A learned layer and its objective, epoch by epoch, each measured while the filters moved; the
   * codes were made with the filters before the last update.
   */
  public record Result(DeconvolutionalLayer layer, List<LayerProgress> epochs) {
    public Result {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * Learns the layer from its start, and keeps no checkpoints.
   *
   * @param start filters with planes of unit norm
   * @param number the layer's number, for the listener
   * @param batches every image once
   */
  public Result train(
      FilterBank start,
      DeconvolutionalOptions options,
      int number,
      List<? extends CodeBatch> batches) {
    return train(options, batches, DictionaryState.start(number, start), state -> {});
  }

  /**
   * @param batches every image once, with the codes of the epochs that are over
   * @param from where to start, or to go on
   * @param checkpoint is given the state after each epoch, before the listener hears of its last
   *     batch
   */
  public Result train(
      DeconvolutionalOptions options,
      List<? extends CodeBatch> batches,
      DictionaryState from,
      Consumer<DictionaryState> checkpoint) {
    DictionaryState state = from;
    while (state.epoch() <= options.epochs()) {
      state = epoch(options, batches, state, checkpoint);
    }
    return new Result(options.layer(state.filters()), state.epochs());
  }

  private DictionaryState epoch(
      DeconvolutionalOptions options,
      List<? extends CodeBatch> batches,
      DictionaryState before,
      Consumer<DictionaryState> checkpoint) {
    double share = StrictMath.pow(options.memory(), 1.0 / batches.size());
    DeconvolutionalLayer layer = options.layer(before.filters());
    FilterQuadratic remembered = before.remembered();
    EpochTotals whole = new EpochTotals(0);
    DictionaryState after = before;
    for (int b = 0; b < batches.size(); b++) {
      CodeSums sums = batches.get(b).code(layer);
      sums.addTo(whole);
      remembered = carried(remembered, share, sums.quadratic());
      layer = layer.withFilters(step.solve(remembered, layer.filters()));
      if (b == batches.size() - 1) {
        after = before.next(layer.filters(), remembered, whole);
        checkpoint.accept(after);
      }
      listener.batchDone(whole.progress(before.layer(), before.epoch()), b + 1, batches.size());
    }
    return after;
  }

  private static FilterQuadratic carried(
      FilterQuadratic remembered, double share, FilterQuadratic fresh) {
    if (remembered == null) {
      return fresh;
    }
    remembered.carryForward(share, fresh);
    return remembered;
  }
}
