package org.deconvnet.learn;

import java.util.List;
import org.deconvnet.sums.Mergeable;

/**
 * A batch that says where the time of a round went. Not thread-safe.
 *
 * @param <I> the family's state of an image
 * @param <K> what images are coded with
 */
final class TimedBatch<I extends TrainingImage, K extends Coding<I>> implements Batch<I, K> {
  private final Batch<I, K> batch;
  private final long started = System.nanoTime();
  private long coding;
  private long filters;

  /** The round begins. */
  TimedBatch(Batch<I, K> batch) {
    this.batch = batch;
  }

  @Override
  public List<I> sample() {
    return batch.sample();
  }

  @Override
  public <S extends Mergeable<S>> S code(K with, Pass<I, K, S> pass) {
    long before = System.nanoTime();
    S sum = batch.code(with, pass);
    coding += System.nanoTime() - before;
    return sum;
  }

  @Override
  public <S extends Mergeable<S>> S sum(Pass<I, K, S> pass) {
    long before = System.nanoTime();
    S sum = batch.sum(pass);
    filters += System.nanoTime() - before;
    return sum;
  }

  @Override
  public void release() {
    batch.release();
  }

  /** The round ends. */
  RoundTime time(int layer) {
    long between = System.nanoTime() - started - coding - filters;
    return new RoundTime(layer, coding / 1e9, filters / 1e9, between / 1e9);
  }
}
