package org.deconvnet.spark.store;

/**
 * How fast a layer is learned and how long the rest of it takes: all epochs, and the pass over all
 * images that follows them, as long as an epoch at most. Not thread-safe.
 */
final class LayerClock {
  private final int[] epochs;
  private int layer;
  private int total;
  private int done;
  private long started;
  private long now;
  private int doneAtStart;

  /**
   * @param epochs of each layer
   */
  LayerClock(int... epochs) {
    this.epochs = epochs.clone();
  }

  /** How many layers are learned. */
  int layers() {
    return epochs.length;
  }

  int epochs(int number) {
    return epochs[Math.min(number, epochs.length) - 1];
  }

  /**
   * A batch is done.
   *
   * @param epoch from 1; one more than there are: the last pass
   * @param batch from 1
   * @param nanos the time now
   */
  void batchDone(int number, int epoch, int batch, int batches, long nanos) {
    count(number, epoch, batch, batches, epochs(number) + 1, nanos);
  }

  /**
   * A batch is done of a training that no last pass follows, as its only layer.
   *
   * @param epoch from 1
   * @param batch from 1
   * @param nanos the time now
   */
  void roundDone(int epoch, int batch, int batches, long nanos) {
    count(1, epoch, batch, batches, epochs(1), nanos);
  }

  private void count(int number, int epoch, int batch, int batches, int passes, long nanos) {
    done = (epoch - 1) * batches + batch;
    total = passes * batches;
    now = nanos;
    // The first batch's own time is not known here: rates count from its end.
    if (number != layer || done == 1) {
      layer = number;
      started = nanos;
      doneAtStart = done;
    }
  }

  /** How much of the layer is done, from 0 to 1. */
  double share() {
    return total == 0 ? 0 : (double) done / total;
  }

  /** Seconds a batch; NaN after the first one. */
  double secondsEach() {
    return done > doneAtStart ? (now - started) / 1e9 / (done - doneAtStart) : Double.NaN;
  }

  /** Seconds to the end of the layer; NaN after the first batch. */
  double secondsLeft() {
    return secondsEach() * (total - done);
  }
}
