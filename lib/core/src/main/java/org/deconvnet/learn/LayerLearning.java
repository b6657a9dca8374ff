package org.deconvnet.learn;

import java.util.List;
import org.deconvnet.dictionary.CarriedQuadratic;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.FilterBank;

/**
 * How a family learns one layer: what {@link Learner}'s alternation leaves open. Not thread-safe.
 *
 * @param <I> the family's state of an image
 * @param <K> what images are coded with
 */
public interface LayerLearning<I extends TrainingImage, K extends Coding<I>> {
  /** The layer's number, from 1. */
  int number();

  /** Passes over the images. */
  int epochs();

  /** The state before the first batch. */
  LayerState start();

  /**
   * The state before the first batch, in families that ask the images first; called once, before
   * the first round of a run that goes on from no checkpoint.
   *
   * @param batches every image once
   */
  default LayerState start(List<? extends Batch<I, K>> batches) {
    return start();
  }

  /**
   * What is carried over batches before there was one; null in families that carry nothing.
   *
   * @param filters of the layer's shape
   */
  default CarriedQuadratic noStatistics(FilterBank filters) {
    return null;
  }

  /**
   * Codes a batch and makes better filters from its codes.
   *
   * @param batches of an epoch
   * @throws SolverDivergedException if codes or filters stop being finite, or codes become worse
   *     than none
   */
  LayerState round(LayerState state, Batch<I, K> batch, int batches);

  /** What happens to the filters between two epochs. */
  default LayerState nextEpoch(
      LayerState done, List<? extends Batch<I, K>> batches, TrainingListener listener) {
    return done.nextEpoch(done.filters());
  }

  /** Weight λ of the layer's objective: of the data term, unless the family says otherwise. */
  double lambda();

  /** Which key of a configuration makes codes less sparse, and how. */
  default String lessSparse() {
    return raiseLambda(number(), lambda());
  }

  /** What {@link #lessSparse} says where λ weighs the data term. */
  static String raiseLambda(int number, double lambda) {
    return "raise network.layers.%d.lambda, now %s".formatted(number - 1, lambda);
  }

  /** The layer's last epoch is over. */
  default void ended(LayerProgress last, TrainingListener listener) {
    if (last.empty()) {
      listener.emptyLayer(number(), lambda(), lessSparse());
    }
  }

  /**
   * The layer with its finished filters.
   *
   * @param end the state after the last epoch
   */
  K finished(LayerState end, List<? extends Batch<I, K>> batches);
}
