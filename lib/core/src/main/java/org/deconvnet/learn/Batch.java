package org.deconvnet.learn;

import java.util.List;
import org.deconvnet.sums.Mergeable;

/**
 * Images between two updates of the filters, wherever they live: in this JVM or on a cluster. What
 * crosses this interface has the size of the filters or of their statistics, whatever the number of
 * images.
 *
 * @param <I> the family's state of an image
 * @param <K> what images are coded with
 */
public interface Batch<I extends TrainingImage, K extends Coding<I>> {
  /**
   * The learner comes to this batch: where learning stands, for those who watch it.
   *
   * @param layer from 1
   * @param epoch from 1; 0: the pass over all images after the last one
   * @param batch from 1
   */
  default void begins(int layer, int epoch, int batch) {}

  /** A few of the images, the same ones on every call: those with the smallest ids. */
  List<I> sample();

  /** Codes every image, keeps the codes until {@link #release}, and sums over them. */
  <S extends Mergeable<S>> S code(K coding, Pass<I, K, S> pass);

  /** Sums once more over the codes of the last {@link #code}. */
  <S extends Mergeable<S>> S sum(Pass<I, K, S> pass);

  /** The round is over: forgets codes, unless the next epoch starts from them. */
  void release();
}
