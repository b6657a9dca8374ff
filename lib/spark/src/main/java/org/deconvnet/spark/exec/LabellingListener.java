package org.deconvnet.spark.exec;

/** Hears how a network learns to label pixels. Called from the thread that trains. */
public interface LabellingListener {
  LabellingListener SILENT = round -> {};

  /**
   * A round is over.
   *
   * @param epoch from 1
   * @param epochs in all
   * @param batch from 1
   * @param batches of an epoch
   * @param images done in this epoch
   * @param loss mean over the pixels of this epoch's images so far, each before its round
   */
  record Round(int epoch, int epochs, int batch, int batches, long images, double loss) {}

  void roundDone(Round round);

  /**
   * Learning goes on from a checkpoint.
   *
   * @param epoch from 1
   * @param batches done in it
   */
  default void resumed(int epoch, int batches) {}
}
