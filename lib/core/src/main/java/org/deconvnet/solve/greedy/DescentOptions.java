package org.deconvnet.solve.greedy;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * When descent stops.
 *
 * @param tolerance as soon as no coefficient would move by more than this share of the largest λ_k;
 *     from 0.00001 up, below which rounding moves coefficients for ever
 * @param changesPerPlace at most so many changes for each place of an atom, on average
 */
public record DescentOptions(double tolerance, double changesPerPlace) implements Serializable {
  private static final double LEAST_TOLERANCE = 1e-5;

  /** As close as a thousandth of the objective in natural images, and no less than it takes. */
  public static final DescentOptions DEFAULT = new DescentOptions(0.02, 50);

  public DescentOptions {
    if (!(tolerance >= LEAST_TOLERANCE && tolerance < 1)) {
      throw new UserErrorException(
          "tolerance: expected 0.00001 <= tolerance < 1, got " + tolerance);
    }
    Checks.positive("changes per place", changesPerPlace);
  }

  public DescentOptions withTolerance(double newTolerance) {
    return new DescentOptions(newTolerance, changesPerPlace);
  }
}
