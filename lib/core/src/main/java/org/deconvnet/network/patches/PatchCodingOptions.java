package org.deconvnet.network.patches;

import java.io.Serializable;
import java.util.Arrays;
import org.deconvnet.kernels.CoordinateState;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.Shape;

/**
 * How windows are coded with words, whatever the words' numbers.
 *
 * @param windows which ones, and what is done to them before
 * @param maps words, K
 * @param lambda weight λ of Σ|h|₁; a whitened window of s x s pixels has a norm of about s
 * @param nonNegative whether codes may not be negative
 * @param descent when coding stops
 */
public record PatchCodingOptions(
    WindowOptions windows, int maps, double lambda, boolean nonNegative, DescentOptions descent)
    implements Serializable {
  /** 64 words of 8 x 8. */
  public static final PatchCodingOptions DEFAULTS =
      new PatchCodingOptions(WindowOptions.DEFAULTS, 64, 1.5, false, DescentOptions.DEFAULT);

  public PatchCodingOptions {
    Checks.between("maps", 1, Connectivity.MOST_MAPS, maps);
    Checks.positive("lambda", lambda);
  }

  /** λ Σ|h|₁. */
  WeightedL1 penalty() {
    double[] kappas = new double[maps];
    Arrays.fill(kappas, lambda);
    return new WeightedL1(kappas, nonNegative);
  }

  /** Rows of the grid that are coded at once. */
  static int rowsTogether(int columns) {
    return Math.max(1, PatchesInference.WINDOWS_TOGETHER / columns);
  }

  /**
   * Bytes that coding one image takes at least: the windows that are coded at once with their dense
   * codes, and two images, all of four bytes a number. The whole code is sparse.
   *
   * @param image (C, H, W)
   */
  public long bytes(Shape image) {
    long rows = Math.max(1, image.height() - windows.side() + 1);
    long columns = Math.max(1, image.width() - windows.side() + 1);
    long together = Math.min(rows, rowsTogether((int) columns)) * columns;
    long filledUp =
        (maps + CoordinateState.MAPS_TOGETHER - 1L)
            / CoordinateState.MAPS_TOGETHER
            * CoordinateState.MAPS_TOGETHER;
    long numbers = (long) image.maps() * windows.side() * windows.side();
    return Float.BYTES * (together * (2 * numbers + filledUp + 2) + 2L * image.size());
  }
}
