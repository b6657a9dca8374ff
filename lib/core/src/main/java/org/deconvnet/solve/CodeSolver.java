package org.deconvnet.solve;

import org.deconvnet.tensor.FeatureMaps;

/**
 * Finds codes of images, one after the other, for one {@link CodeProblem}. Keeps the workspace of
 * the problem's shapes and allocates nothing in iterations. Not thread-safe: one a task.
 */
public interface CodeSolver {
  /**
   * Improves the code of an image.
   *
   * @param y image, (C, H, W)
   * @param z code, (K, H+s−1, W+s−1): on entry where to start, zeros or an earlier code; on return
   *     the result
   * @throws IllegalArgumentException if shapes do not fit
   * @throws SolverDivergedException if numbers stop being finite; z is then of no use
   */
  CodeTrace solve(FeatureMaps y, FeatureMaps z);
}
