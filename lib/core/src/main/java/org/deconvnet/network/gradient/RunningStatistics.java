package org.deconvnet.network.gradient;

import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Node;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.network.gradient.plan.Part;

/**
 * What inference normalises by. Once a round the driver moves it towards the means over the round's
 * groups: {@code running ← (1 − momentum) · running + momentum · mean}. The means are exact sums,
 * so partitions change no bit of it. With one group a round it is what Ioffe and Szegedy (2015) and
 * PyTorch do.
 */
public final class RunningStatistics {
  private RunningStatistics() {}

  /**
   * @param running in the order of {@link NetworkPlan#statistics}, changed in place
   * @param round the sums of a round; without statistics in it nothing changes
   */
  public static void update(NetworkPlan plan, float[] running, GroupSums round) {
    var layout = plan.statistics();
    layout.require("running statistics", running);
    if (round.statisticTerms() == 0) {
      return;
    }
    for (Node node : plan.nodes()) {
      if (node.operation() instanceof NormalizeGroup normalize) {
        layout.of(node.name()).forEach(part -> move(part, running, round, normalize.momentum()));
      }
    }
  }

  private static void move(Part part, float[] running, GroupSums round, double momentum) {
    int end = part.end();
    for (int i = part.offset(); i < end; i++) {
      running[i] = (float) ((1 - momentum) * running[i] + momentum * round.meanStatistic(i));
    }
  }
}
