package org.deconvnet.learn;

/** Hears how learning goes, after each batch. Called from the thread that trains. */
public interface TrainingListener {
  TrainingListener SILENT = (progress, batch, batches) -> {};

  /**
   * @param progress sums over the epoch so far
   * @param batch from 1
   */
  void batchDone(LayerProgress progress, int batch, int batches);
}
