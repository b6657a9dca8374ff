package org.deconvnet.network.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.network.gradient.GradientNetwork.Wanted;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.update.AdamRule;
import org.deconvnet.network.gradient.update.MomentumRule;
import org.deconvnet.network.gradient.update.Update;
import org.deconvnet.network.gradient.update.UpdateRule;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.store.StateArchive;
import org.junit.jupiter.api.Test;

/** Steps of a training on the driver, and what is kept of them. */
class NetworkTrainingTest {
  private static final NetworkPlan PLAN = ExamplePlans.discriminator();
  private static final UpdateRule ADAM = AdamRule.adversarial();

  private static GroupSums round(NetworkWeights weights, int seed) {
    GradientNetwork network = weights.network(new ScalarArrayKernels(), 4);
    GradientNetworkTest.fill(network.input().data(), new Random(seed));
    network.train();
    double loss = LogisticLoss.loss(network.output(), 1, 4, network.outputGradient());
    network.backward(Wanted.PARAMETERS);
    GroupSums sums = weights.sums(1, 1);
    sums.addLoss(0, 0, loss);
    sums.addGradient(0, PLAN.parameters(), network.gradient());
    sums.addStatistics(0, PLAN.statistics(), network.statistics());
    return sums;
  }

  private static NetworkTraining after(NetworkTraining training, int from, int to) {
    for (int step = from; step < to; step++) {
      training.step(round(training.weights(), step), 1, 1);
    }
    return training;
  }

  @Test
  void aStepIsTheUpdateByTheGradientAndMovesTheRunningStatistics() {
    NetworkTraining training = NetworkTraining.of(PLAN, ADAM, 3);
    NetworkWeights before = training.weights();
    assertThat(before.parameters()).isEqualTo(PLAN.startParameters(3));
    GroupSums round = round(before, 1);
    float[] gradient = new float[before.parameters().length];
    round.gradient(2, gradient);
    float[] expected = before.parameters().clone();
    Update update = ADAM.start(PLAN.parameters());
    update.step(expected, gradient, 0.5);
    float[] running = before.statistics().clone();
    RunningStatistics.update(PLAN, running, round);
    training.step(round, 2, 0.5);
    assertThat(training.weights().parameters()).isEqualTo(expected);
    assertThat(training.weights().statistics()).isEqualTo(running);
    assertThat(training.steps()).isEqualTo(1);
    assertThat(before.parameters()).as("sent out before").isEqualTo(PLAN.startParameters(3));
  }

  @Test
  void whatIsReadGoesOnWithTheSameBits() throws IOException {
    for (UpdateRule rule : new UpdateRule[] {ADAM, new MomentumRule(0.01, 0.9, 1e-3)}) {
      String whole = after(NetworkTraining.of(PLAN, rule, 3), 0, 5).weights().fingerprint();
      StateArchive archive = new StateArchive("test");
      after(NetworkTraining.of(PLAN, rule, 3), 0, 2).write(archive.under("d/"));
      NetworkTraining resumed = NetworkTraining.of(PLAN, rule, 8);
      resumed.read(StateArchive.of(archive.toBytes(), "test").under("d/"));
      assertThat(resumed.steps()).isEqualTo(2);
      assertThat(after(resumed, 2, 5).weights().fingerprint()).isEqualTo(whole);
    }
  }

  @Test
  void anotherNetworkOrRuleIsNotRead() throws IOException {
    StateArchive archive = new StateArchive("test");
    after(NetworkTraining.of(PLAN, new MomentumRule(0.01, 0.9, 0), 3), 0, 1).write(archive);
    assertThatThrownBy(() -> NetworkTraining.of(PLAN, ADAM, 3).read(archive))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("memory2.npy");
    assertThatThrownBy(() -> NetworkTraining.of(ExamplePlans.generator(), ADAM, 3).read(archive))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("parameters.npy: expected an array of shape");
    after(NetworkTraining.of(PLAN, ADAM, 3), 0, 1).write(archive);
    StateArchive other = new StateArchive("test");
    after(NetworkTraining.of(PLAN, ADAM, 4), 0, 1).write(other);
    try (var out = archive.create("parameters.npy")) {
      other.open("parameters.npy").transferTo(out);
    }
    assertThatThrownBy(() -> NetworkTraining.of(PLAN, ADAM, 3).read(archive))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("training.json: expected the network with the fingerprint");
  }

  @Test
  void aStepToNumbersThatAreNotFiniteStopsAndSaysWhere() {
    NetworkTraining training = NetworkTraining.of(PLAN, new MomentumRule(1e300, 0, 0), 3);
    GroupSums round = round(training.weights(), 1);
    assertThatThrownBy(() -> training.step(round, 1, 1))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageContaining("step 0: expected a finite parameter, got")
        .hasMessageContaining("in conv1.filters");
  }
}
