package org.deconvnet.network.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.network.gradient.GradientNetwork.Wanted;
import org.deconvnet.network.gradient.plan.Layout;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.solve.SolverDivergedException;
import org.junit.jupiter.api.Test;

/** Sums over ghost groups: exact, in any order, from any partitions. */
class GroupSumsTest {
  private static final NetworkPlan PLAN = ExamplePlans.discriminator();
  private static final Layout PARAMETERS = PLAN.parameters();
  private static final int GROUPS = 7;

  /** What one partition adds up, with a network of its own. */
  private static GroupSums partition(List<Integer> groups) {
    GradientNetwork network = new GradientNetwork(PLAN, new ScalarArrayKernels(), 4);
    network.setParameters(GradientNetworkTest.gaussian(PARAMETERS.size(), new Random(1)));
    GroupSums sums = empty();
    for (int group : groups) {
      GradientNetworkTest.fill(network.input().data(), new Random(group));
      network.train();
      double loss = LogisticLoss.loss(network.output(), 1, 4, network.outputGradient());
      network.backward(Wanted.PARAMETERS);
      sums.addLoss(0, 0, loss);
      sums.addGradient(0, PARAMETERS, network.gradient());
      sums.addStatistics(0, PLAN.statistics(), network.statistics());
    }
    return sums;
  }

  private static GroupSums empty() {
    return new GroupSums(PARAMETERS.size(), PLAN.statistics().size(), 1, GROUPS);
  }

  /** Mean gradient, running statistics and loss of a round. */
  private static List<Object> round(List<List<Integer>> partitions) {
    GroupSums sums = empty();
    partitions.forEach(groups -> sums.merge(partition(groups)));
    float[] gradient = new float[PARAMETERS.size()];
    sums.gradient(GROUPS, gradient);
    float[] running = PLAN.startStatistics();
    RunningStatistics.update(PLAN, running, sums);
    return List.of(gradient, running, new double[] {sums.loss(0)});
  }

  @Test
  void noOrderAndNoPartitionChangesABit() {
    List<Integer> groups = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
    List<Object> expected = round(List.of(groups));
    for (int cut = 1; cut < GROUPS; cut++) {
      Collections.shuffle(groups, new Random(cut));
      List<Integer> first = groups.subList(0, cut);
      List<Integer> second = groups.subList(cut, GROUPS);
      assertThat(round(List.of(first, second, List.of())))
          .usingRecursiveComparison()
          .isEqualTo(expected);
    }
  }

  @Test
  void meansAreMeans() {
    GroupSums sums = empty();
    float[] gradient = new float[PARAMETERS.size()];
    gradient[0] = 1e-9f;
    sums.addGradient(0, PARAMETERS, gradient);
    gradient[0] = 3e-9f;
    gradient[1] = -16000;
    sums.addGradient(0, PARAMETERS, gradient);
    float[] mean = new float[PARAMETERS.size()];
    sums.gradient(2, mean);
    assertThat(mean[0]).isCloseTo(2e-9f, within(1e-13f));
    assertThat(mean[1]).isEqualTo(-8000);
  }

  @Test
  void divergenceStopsWithTheStepAndTheLayer() {
    GroupSums sums = empty();
    float[] gradient = new float[PARAMETERS.size()];
    int at = PARAMETERS.of("conv2").get(0).offset() + 3;
    gradient[at] = Float.NaN;
    assertThatThrownBy(() -> sums.addGradient(12, PARAMETERS, gradient))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageContaining("step 12")
        .hasMessageContaining("got NaN in conv2.filters")
        .hasMessageContaining("use a smaller rate");
    gradient[at] = 20_000;
    assertThatThrownBy(() -> sums.addGradient(12, PARAMETERS, gradient))
        .hasMessageContaining("gradient below 16384 in size, got 20000.0 in conv2.filters");
    assertThatThrownBy(() -> sums.addLoss(3, 0, Double.POSITIVE_INFINITY))
        .hasMessageContaining("step 3: expected a finite loss, got Infinity");
    float[] statistics = new float[PLAN.statistics().size()];
    statistics[4] = Float.NaN;
    assertThatThrownBy(() -> sums.addStatistics(1, PLAN.statistics(), statistics))
        .hasMessageContaining("finite statistic, got NaN in norm2.variance");
    float[] parameters = new float[PARAMETERS.size()];
    parameters[0] = Float.NEGATIVE_INFINITY;
    assertThatThrownBy(() -> TrainingWatch.requireFinite(9, "parameter", PARAMETERS, parameters))
        .hasMessageContaining(
            "step 9: expected a finite parameter, got -Infinity in conv1.filters");
  }

  @Test
  void withoutStatisticsNothingMoves() {
    float[] running = PLAN.startStatistics();
    RunningStatistics.update(PLAN, running, empty());
    assertThat(running).isEqualTo(PLAN.startStatistics());
  }
}
