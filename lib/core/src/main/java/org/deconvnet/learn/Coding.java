package org.deconvnet.learn;

import java.io.Serializable;
import org.deconvnet.engine.ConvolutionEngine;

/**
 * All that a task needs to know to code images in one round: the layer with its present filters,
 * and whatever lies below it. Immutable; on a cluster it goes out once a round.
 *
 * @param <I> the family's state of an image
 */
public interface Coding<I extends TrainingImage> extends Serializable {
  /** A coder for one task. */
  ImageCoder<I> coder(ConvolutionEngine engine);
}
