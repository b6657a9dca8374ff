package org.deconvnet.network.gradient;

import org.deconvnet.network.gradient.plan.Layout;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.sums.ExactTotal;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.Checks;

/**
 * What a round adds up over ghost groups: gradients, statistics, losses. No order of groups and no
 * partition changes a bit. Gradients are multiples of M · 2⁻⁴⁸, those of one group below 2¹⁴ in
 * size, where M is the power of two at or above the number of terms. Not thread-safe.
 */
public final class GroupSums implements Mergeable<GroupSums> {
  private static final long serialVersionUID = 1;

  /** Gradients are small: they are added as so many times themselves. */
  private static final double GRADIENT_UNIT = 0x1p16;

  private static final double LARGEST_GRADIENT = 0x1p30 / GRADIENT_UNIT;

  private final FixedPointSum gradients;
  private final FixedPointSum statistics;
  private final ExactTotal[] losses;
  private long statisticTerms;

  /**
   * @param parameters how many
   * @param statistics how many
   * @param losses how many kinds
   * @param terms gradients that a round will add, at most: the same for sums that are merged
   */
  public GroupSums(int parameters, int statistics, int losses, long terms) {
    gradients = new FixedPointSum(parameters, terms);
    this.statistics = new FixedPointSum(statistics, terms);
    this.losses = new ExactTotal[losses];
    for (int i = 0; i < losses; i++) {
      this.losses[i] = new ExactTotal();
    }
  }

  /**
   * @param step updates made before, for messages
   * @throws SolverDivergedException if a number is not finite or too large; names its layer
   */
  public void addGradient(long step, Layout layout, float[] gradient) {
    layout.require("gradient", gradient);
    for (int i = 0; i < gradient.length; i++) {
      if (!(Math.abs(gradient[i]) < LARGEST_GRADIENT)) {
        throw TrainingWatch.diverged(
            step,
            "gradient below %.0f in size".formatted(LARGEST_GRADIENT),
            gradient[i],
            layout.at(i).name());
      }
      gradients.add(i, gradient[i] * GRADIENT_UNIT);
    }
  }

  /**
   * Means and variances of a group.
   *
   * @throws SolverDivergedException if a number is not finite; names its layer
   */
  public void addStatistics(long step, Layout layout, float[] ofGroup) {
    TrainingWatch.requireFinite(step, "statistic", layout, ofGroup);
    statistics.add(ofGroup);
    statisticTerms++;
  }

  /**
   * @throws SolverDivergedException if it is not finite
   */
  public void addLoss(long step, int kind, double loss) {
    TrainingWatch.requireFiniteLoss(step, loss);
    losses[kind].add(loss);
  }

  @Override
  public void merge(GroupSums other) {
    Checks.equal("sums over groups: losses", losses.length, other.losses.length);
    gradients.merge(other.gradients);
    statistics.merge(other.statistics);
    statisticTerms += other.statisticTerms;
    for (int i = 0; i < losses.length; i++) {
      losses[i].merge(other.losses[i]);
    }
  }

  /**
   * The gradients' sum.
   *
   * @param divisor what it is divided by: 1, or the groups for their mean
   */
  public void gradient(double divisor, float[] sum) {
    Checks.positive("sums over groups: divisor", divisor);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) (gradients.get(i) / (GRADIENT_UNIT * divisor));
    }
  }

  /** Groups whose statistics are in. */
  public long statisticTerms() {
    return statisticTerms;
  }

  /** A mean or variance, averaged over the groups. */
  double meanStatistic(int at) {
    return statistics.get(at) / (double) statisticTerms;
  }

  /** The sum of the losses of one kind. */
  public double loss(int kind) {
    return losses[kind].get();
  }
}
