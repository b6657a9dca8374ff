package org.deconvnet.solve.greedy;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.SparseMaps;

/**
 * Codes images of any size with one dictionary. Keeps the workspace of the last shape. Not
 * thread-safe: one a task.
 */
public interface ImageSolver {
  /**
   * Codes an image.
   *
   * @param y image, (C, H, W)
   * @param mask (1, H, W), 1 for pixels that are seen and 0 for those that are not; null for all
   * @param start where to start, zeros or an earlier code
   * @throws IllegalArgumentException if shapes do not fit, or a number is not finite
   * @throws org.deconvnet.tensor.UserErrorException if the image is smaller than a filter
   * @throws org.deconvnet.solve.SolverDivergedException if numbers stop being finite
   */
  CodedImage code(FeatureMaps y, FeatureMaps mask, SparseMaps start);
}
