package org.deconvnet.learn;

import java.util.List;

/** Hears how learning goes, after each batch. Called from the thread that trains. */
public interface TrainingListener {
  TrainingListener SILENT = (progress, batch, batches) -> {};

  /**
   * @param progress sums over the epoch so far
   * @param batch from 1
   */
  void batchDone(LayerProgress progress, int batch, int batches);

  /** A round is over: where its time went. */
  default void roundTimed(RoundTime time) {}

  /**
   * Part of the pass over all images that follows a layer's last epoch: they are coded once more
   * with the finished filters.
   *
   * @param batch from 1
   */
  default void lastPass(int layer, int batch, int batches) {}

  /**
   * Maps that no image activated in a whole epoch.
   *
   * @param maps from 0, at least one
   * @param replaced whether they were given new filters; after a layer's last epoch they are not
   */
  default void deadMaps(int layer, int epoch, List<Integer> maps, boolean replaced) {}

  /**
   * A layer has ended with every code of its last epoch zero: it has learned nothing, and no layer
   * above it can.
   *
   * @param lambda the weight that left the codes at zero
   * @param remedy which key of a configuration to change, and how
   */
  default void emptyLayer(int layer, double lambda, String remedy) {}

  /**
   * Learning goes on from a checkpoint.
   *
   * @param layer that is being learned, from 1; one more than there are if all of them are finished
   * @param epoch from 1
   * @param batches done in that epoch
   */
  default void resumed(int layer, int epoch, int batches) {}
}
