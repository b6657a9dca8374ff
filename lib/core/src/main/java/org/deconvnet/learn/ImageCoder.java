package org.deconvnet.learn;

import org.deconvnet.solve.SolverDivergedException;

/**
 * Codes one image after the other with the same filters. Keeps workspaces, so it is not
 * thread-safe: one a task.
 *
 * @param <I> the family's state of an image
 */
@FunctionalInterface
public interface ImageCoder<I extends TrainingImage> {
  /**
   * The image with its code; the argument is not changed.
   *
   * @throws SolverDivergedException naming the image, if its code stops being finite
   */
  I code(I image);
}
