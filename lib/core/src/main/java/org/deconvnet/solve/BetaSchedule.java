package org.deconvnet.solve;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * How half-quadratic splitting tightens the coupling β/2 ‖z − x‖² between the dense code z and the
 * sparse code x (Zeiler et al., CVPR 2010, section 2.2).
 *
 * @param betas β of each round, strictly increasing
 * @param cgSteps conjugate-gradient steps a round, at most
 * @param tolerance the norm of the residual below which a round ends early
 */
public record BetaSchedule(List<Double> betas, int cgSteps, double tolerance)
    implements Serializable {
  /** Of the 2010 network. */
  public static final int CG_STEPS = 2;

  public static final double TOLERANCE = 1e-6;

  /**
   * @throws IllegalArgumentException if there is no β, one is not positive, or they do not increase
   */
  public BetaSchedule {
    betas = List.copyOf(betas);
    Checks.atLeast("beta schedule: betas: rounds", 1, betas.size());
    Checks.atLeast("beta schedule: cgSteps", 1, cgSteps);
    Checks.positive("beta schedule: tolerance", tolerance);
    for (int i = 0; i < betas.size(); i++) {
      Checks.positive("beta schedule: beta " + (i + 1), betas.get(i));
      if (i > 0 && betas.get(i) <= betas.get(i - 1)) {
        throw new UserErrorException(
            "beta schedule: betas: expected strictly increasing numbers, got %s after %s"
                .formatted(betas.get(i), betas.get(i - 1)));
      }
    }
  }

  /** β = 1, 10, …, 1e5 with two conjugate-gradient steps: the 2010 network's. */
  public static BetaSchedule standard() {
    return geometric(1, 10, 6, CG_STEPS, TOLERANCE);
  }

  /** β = first, first·factor, …, as many as {@code count}. */
  public static BetaSchedule geometric(
      double first, double factor, int count, int cgSteps, double tolerance) {
    List<Double> betas = new ArrayList<>();
    double beta = first;
    for (int i = 0; i < count; i++) {
      betas.add(beta);
      beta *= factor;
    }
    return new BetaSchedule(betas, cgSteps, tolerance);
  }

  /** Given β, with the 2010 network's conjugate gradients. */
  public static BetaSchedule of(double... betas) {
    return new BetaSchedule(Arrays.stream(betas).boxed().toList(), CG_STEPS, TOLERANCE);
  }

  public BetaSchedule withCgSteps(int steps) {
    return new BetaSchedule(betas, steps, tolerance);
  }

  public int rounds() {
    return betas.size();
  }

  /** β of a round, counted from 0. */
  public double beta(int round) {
    return betas.get(round);
  }
}
