package org.deconvnet.spark.exec;

/** Hears how a training by gradients goes, from the thread that trains. */
public interface RoundListener {
  RoundListener SILENT = progress -> {};

  /** After each update. */
  void roundDone(RoundProgress progress);

  /**
   * Training goes on from a checkpoint.
   *
   * @param epoch from 1
   * @param batches done in that epoch
   */
  default void goesOn(int epoch, int batches) {}
}
