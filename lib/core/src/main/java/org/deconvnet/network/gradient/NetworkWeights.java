package org.deconvnet.network.gradient;

import java.io.Serializable;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.network.gradient.plan.NetworkPlan;

/**
 * A network's numbers at one moment: what a round sends to whoever works on groups, and what is
 * left when training is over. Immutable as long as nobody writes into its arrays; thread-safe.
 *
 * @param parameters in the order of {@link NetworkPlan#parameters}
 * @param statistics running ones, in the order of {@link NetworkPlan#statistics}
 */
public record NetworkWeights(NetworkPlan plan, float[] parameters, float[] statistics)
    implements Serializable {
  public NetworkWeights {
    plan.parameters().require("network: parameters", parameters);
    plan.statistics().require("network: statistics", statistics);
  }

  /** Before any training. */
  public static NetworkWeights start(NetworkPlan plan, long seed) {
    return new NetworkWeights(plan, plan.startParameters(seed), plan.startStatistics());
  }

  /** SHA-256 over the plan and all bits. */
  public String fingerprint() {
    return plan.fingerprint(parameters, statistics);
  }

  /**
   * The network at work with these numbers, newly allocated.
   *
   * @param images of a ghost group
   */
  public GradientNetwork network(ArrayKernels kernels, int images) {
    GradientNetwork network = new GradientNetwork(plan, kernels, images);
    network.setParameters(parameters);
    network.setStatistics(statistics);
    return network;
  }

  /**
   * Sums of nothing yet, for a round of this network.
   *
   * @param losses how many kinds
   * @param terms gradients that the round will add, at most
   */
  public GroupSums sums(int losses, long terms) {
    return new GroupSums(parameters.length, statistics.length, losses, terms);
  }
}
