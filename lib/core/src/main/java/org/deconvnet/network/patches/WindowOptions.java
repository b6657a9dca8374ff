package org.deconvnet.network.patches;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Which windows of an image are coded, and what is done to them before.
 *
 * @param side rows and columns of a window, s
 * @param step rows and columns from one window to the next, at most {@code side}, so that every
 *     pixel lies in a window
 * @param keepMean whether a window keeps its mean; else it is subtracted, over all channels at once
 * @param whiten whether windows are whitened, see {@link Whitening}
 * @param floor what is added to each eigenvalue before it divides, as a share of their mean: a
 *     larger one leaves more of the windows' own spectrum, and less noise
 */
public record WindowOptions(int side, int step, boolean keepMean, boolean whiten, double floor)
    implements Serializable {
  /** 8 x 8, at every pixel; the floor of Coates, Lee and Ng (AISTATS 2011). */
  public static final WindowOptions DEFAULTS = new WindowOptions(8, 1, false, true, 0.1);

  /** Numbers of a window: its covariance is held and taken apart in one piece. */
  private static final int MOST_NUMBERS = 2048;

  public WindowOptions {
    Checks.atLeast("side", 1, side);
    Checks.between("step", 1, side, step);
    Checks.positive("floor", floor);
    if (!keepMean && side == 1) {
      throw new UserErrorException(
          "side: expected at least 2 where windows lose their means, got 1; set keepMean, or take larger windows");
    }
  }

  /**
   * @throws UserErrorException if a window is too large for its covariance
   */
  public void requireFit(int channels) {
    dimension(channels);
  }

  /**
   * Numbers of a window.
   *
   * @throws UserErrorException if a window is too large for its covariance
   */
  int dimension(int channels) {
    long numbers = (long) channels * side * side;
    if (numbers > MOST_NUMBERS) {
      throw new UserErrorException(
          "side: expected windows of at most %d numbers, got %d for %d x %d pixels of %d channels; take smaller ones"
              .formatted(MOST_NUMBERS, numbers, side, side, channels));
    }
    return (int) numbers;
  }

  /**
   * The windows of an image.
   *
   * @throws UserErrorException if the image is smaller than a window
   */
  WindowGrid grid(Shape image) {
    return WindowGrid.of(image, side, step);
  }
}
