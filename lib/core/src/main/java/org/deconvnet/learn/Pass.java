package org.deconvnet.learn;

import java.io.Serializable;
import java.util.Iterator;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.sums.Mergeable;

/**
 * One pass over the coded images of a batch that adds something up.
 *
 * @param <I> the family's state of an image
 * @param <K> what the images were coded with
 * @param <S> the sum, independent of the images' order
 */
@FunctionalInterface
public interface Pass<I extends TrainingImage, K extends Coding<I>, S extends Mergeable<S>>
    extends Serializable {
  /**
   * The sum over one task's share of a batch.
   *
   * @param coded this share, each image with its code
   * @param all images of the whole batch
   */
  S over(Iterator<I> coded, K coding, ConvolutionEngine engine, long all);
}
