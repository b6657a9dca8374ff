package org.deconvnet.dictionary;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;

/**
 * Minimises {@link AtomQuadratic} over filters with ‖d_k‖ ≤ 1, filter by filter: a gradient step no
 * longer than 1/‖A_kk‖ and the projection on the ball (Mairal et al., JMLR 2010, algorithm 2, with
 * a step that fits filters that overlap themselves). No step raises the objective. Filters that no
 * code uses stay as they are. Stateless, hence thread-safe.
 *
 * <p>A sweep costs K² C s⁴ multiply-adds.
 */
public final class UnitBallStep {
  private final int sweeps;
  private final double tolerance;

  /**
   * @param sweeps at most so many over all filters
   * @param tolerance share of ‖y‖² that a sweep must gain to be followed by another
   */
  public UnitBallStep(int sweeps, double tolerance) {
    Checks.atLeast("unit-ball step: sweeps", 1, sweeps);
    Checks.positive("unit-ball step: tolerance", tolerance);
    this.sweeps = sweeps;
    this.tolerance = tolerance;
  }

  /** Filters that fill their planes. */
  public FilterBank solve(AtomQuadratic quadratic, FilterBank start) {
    return solve(quadratic, start, AtomShapes.whole(start));
  }

  /**
   * @param start filters of norm 1 at most; not changed
   * @param shapes which taps they have, all others being zero, and which filters stay as they are
   */
  public FilterBank solve(AtomQuadratic quadratic, FilterBank start, AtomShapes shapes) {
    Descent descent = new Descent(quadratic, start, shapes);
    for (int t = 0; t < sweeps; t++) {
      double gained = 0;
      for (int k = 0; k < start.maps(); k++) {
        gained += shapes.fixed(k) ? 0 : descent.improve(k);
      }
      if (gained <= tolerance * quadratic.energy()) {
        break;
      }
    }
    return descent.filters();
  }

  /** Filters with the gradient of half the objective, whose negative is kept up to date. */
  private static final class Descent {
    private final AtomLayout layout;
    private final double[] products;
    private final FilterBank filters;
    private final AtomShapes shapes;
    private final int side;
    private final int channels;

    /** b − A d, (channel, row, column, map), rows and columns from the last to the first. */
    private final double[] gradient;

    Descent(AtomQuadratic quadratic, FilterBank start, AtomShapes shapes) {
      this.layout = quadratic.layout();
      this.products = quadratic.products();
      this.filters = start.copy();
      this.shapes = shapes;
      this.side = layout.side();
      this.channels = layout.channels();
      this.gradient = new double[layout.targets()];
      for (int k = 0; k < layout.maps(); k++) {
        for (int t = 0; t < channels * side * side; t++) {
          gradient[at(t, k)] += quadratic.targets()[layout.target(k, 0, 0, 0) + t];
        }
        for (int t = 0; t < channels * side * side; t++) {
          follow(k, t, filters.data()[filters.offset(k, 0) + t]);
        }
      }
    }

    /** Where a map's gradient at a tap, counted as filters lie, is. */
    private int at(int tap, int map) {
      int channel = tap / (side * side);
      int reversed = side * side - 1 - tap % (side * side);
      return (channel * side * side + reversed) * layout.maps() + map;
    }

    /** One filter moves; returns by how much half the objective fell. */
    double improve(int k) {
      double norm = norm(k);
      if (norm == 0) {
        return 0;
      }
      int taps = channels * side * side;
      double[] moved = new double[taps];
      double squared = 0;
      for (int t = 0; t < taps; t++) {
        moved[t] =
            shapes.has(k, t, side)
                ? filters.data()[filters.offset(k, 0) + t] + gradient[at(t, k)] / norm
                : 0;
        squared += moved[t] * moved[t];
      }
      double scale = squared > 1 ? 1 / Math.sqrt(squared) : 1;
      double gained = 0;
      for (int t = 0; t < taps; t++) {
        int place = filters.offset(k, 0) + t;
        float next = (float) (scale * moved[t]);
        double change = (double) next - filters.data()[place];
        // Of the quadratic with norm in place of A_kk, which lies above.
        gained += change * (gradient[at(t, k)] - norm / 2 * change);
        moved[t] = change;
        filters.data()[place] = next;
      }
      for (int t = 0; t < taps; t++) {
        follow(k, t, moved[t]);
      }
      return gained;
    }

    /** An upper bound of ‖A_kk‖: the sum of its products' sizes over all lags. */
    private double norm(int k) {
      double sum = 0;
      for (int v = 1 - side; v < side; v++) {
        for (int w = 1 - side; w < side; w++) {
          sum += Math.abs(products[layout.product(k, v, w) + k]);
        }
      }
      return sum;
    }

    /** The gradient of all filters follows a change of one tap of one filter. */
    private void follow(int k, int tap, double change) {
      if (change == 0) {
        return;
      }
      int channel = tap / (side * side);
      int row = tap % (side * side) / side;
      int column = tap % side;
      int count = side * layout.maps();
      for (int j = 0; j < side; j++) {
        int from = layout.product(k, row + j - (side - 1), column - (side - 1));
        int to = (channel * side + j) * count;
        for (int i = 0; i < count; i++) {
          gradient[to + i] -= change * products[from + i];
        }
      }
    }

    FilterBank filters() {
      return filters;
    }
  }
}
