package org.deconvnet.network.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.network.gradient.GradientNetwork.Wanted;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.update.AdamRule;
import org.deconvnet.network.gradient.update.MomentumRule;
import org.deconvnet.network.gradient.update.Update;
import org.junit.jupiter.api.Test;

/** Three steps of training, as PyTorch makes them. */
class GoldenGradientsTest {
  private static final int GROUPS = 2;
  private static final int STEPS = 3;

  /** A network in training, its update and its running statistics. */
  private static final class Trained {
    final NetworkPlan plan;
    final GradientNetwork network;
    final Update update;
    final float[] parameters;
    final float[] running;
    final float[] mean;
    GroupSums sums;

    Trained(NetworkPlan plan, int images, float[] start, Update update) {
      this.plan = plan;
      this.update = update;
      network = new GradientNetwork(plan, new ScalarArrayKernels(), images);
      parameters = start;
      network.setParameters(parameters);
      running = plan.startStatistics();
      mean = new float[parameters.length];
      begin();
    }

    void begin() {
      sums = new GroupSums(parameters.length, running.length, 2, 2L * GROUPS);
    }

    void add(int loss, double value) {
      sums.addLoss(update.steps(), loss, value);
      network.backward(Wanted.PARAMETERS);
      sums.addGradient(update.steps(), plan.parameters(), network.gradient());
      sums.addStatistics(update.steps(), plan.statistics(), network.statistics());
    }

    void step() {
      sums.gradient(1, mean);
      update.step(parameters, mean, 1);
      network.setParameters(parameters);
      RunningStatistics.update(plan, running, sums);
    }
  }

  private static Trained adversary(NetworkPlan plan, String start) {
    AdamRule rule = new AdamRule(0.01, 0.5, 0.999, 1e-8, 0);
    return new Trained(plan, 4, Golden.read(start), rule.start(plan.parameters()));
  }

  @Test
  void generatorAndDiscriminatorAreTrainedAsByPyTorch() {
    Trained g = adversary(ExamplePlans.generator(), "dcgan.g.start");
    Trained d = adversary(ExamplePlans.discriminator(), "dcgan.d.start");
    float[] losses = Golden.read("dcgan.losses");
    for (int step = 0; step < STEPS; step++) {
      learnDiscriminator(g, d, step);
      learnGenerator(g, d, step);
      if (step == 0) {
        Golden.close(g.plan.parameters(), g.mean, Golden.read("dcgan.g.gradient"));
        Golden.close(d.plan.parameters(), d.mean, Golden.read("dcgan.d.gradient"));
      }
      assertThat(d.sums.loss(0)).isCloseTo(losses[3 * step], within(1e-4));
      assertThat(d.sums.loss(1)).isCloseTo(losses[3 * step + 1], within(1e-4));
      assertThat(g.sums.loss(0)).isCloseTo(losses[3 * step + 2], within(1e-4));
    }
    Golden.close(g.plan.parameters(), g.parameters, Golden.read("dcgan.g.end"));
    Golden.close(d.plan.parameters(), d.parameters, Golden.read("dcgan.d.end"));
    Golden.close(g.plan.statistics(), g.running, Golden.read("dcgan.g.running"));
    Golden.close(d.plan.statistics(), d.running, Golden.read("dcgan.d.running"));
    samplesAreThoseOfPyTorch(g);
  }

  private static void learnDiscriminator(Trained g, Trained d, int step) {
    GroupMaps logits = d.network.output();
    GroupMaps gradient = d.network.outputGradient();
    d.begin();
    for (int group = 0; group < GROUPS; group++) {
      Golden.fill(d.network.input(), Golden.read("dcgan.real"), step * GROUPS + group);
      d.network.train();
      d.add(0, LogisticLoss.loss(logits, 1, 8, gradient));
      Golden.fill(g.network.input(), Golden.read("dcgan.z"), step * GROUPS + group);
      g.network.train();
      paint(g, d);
      d.network.train();
      d.add(1, LogisticLoss.loss(logits, 0, 8, gradient));
    }
    d.step();
  }

  private static void learnGenerator(Trained g, Trained d, int step) {
    g.begin();
    for (int group = 0; group < GROUPS; group++) {
      Golden.fill(g.network.input(), Golden.read("dcgan.z"), step * GROUPS + group);
      g.network.train();
      paint(g, d);
      d.network.train();
      double loss = LogisticLoss.loss(d.network.output(), 1, 8, d.network.outputGradient());
      d.network.backward(Wanted.INPUT);
      copy(d.network.inputGradient(), g.network.outputGradient());
      g.add(0, loss);
    }
    g.step();
  }

  private static void paint(Trained g, Trained d) {
    copy(g.network.output(), d.network.input());
  }

  private static void copy(GroupMaps from, GroupMaps to) {
    System.arraycopy(from.data(), 0, to.data(), 0, to.data().length);
  }

  private static void samplesAreThoseOfPyTorch(Trained g) {
    g.network.setStatistics(g.running);
    Golden.fill(g.network.input(), Golden.read("dcgan.z"), 0);
    g.network.infer();
    GroupMaps expected = new GroupMaps(g.plan.output(), 4);
    Golden.fill(expected, Golden.read("dcgan.samples"), 0);
    GradientNetworkTest.close(
        g.network.output().data(), GradientNetworkTest.doubles(expected.data()), 1e-4);
  }

  @Test
  void pixelsAreLabelledAsByPyTorch() {
    NetworkPlan plan = ExamplePlans.labelling();
    MomentumRule rule = new MomentumRule(0.1, 0.9, 0.01);
    Trained fcn = new Trained(plan, 2, Golden.read("fcn.start"), rule.start(plan.parameters()));
    PixelCrossEntropy entropy = new PixelCrossEntropy(255, new float[] {1, 0.5f, 2});
    float[] losses = Golden.read("fcn.losses");
    for (int step = 0; step < STEPS; step++) {
      fcn.begin();
      for (int group = 0; group < GROUPS; group++) {
        Golden.fill(fcn.network.input(), Golden.read("fcn.images"), step * GROUPS + group);
        fcn.network.train();
        int[] labels = labels(step * GROUPS + group);
        GroupMaps gradient = fcn.network.outputGradient();
        fcn.add(0, entropy.loss(fcn.network.output(), labels, 360, gradient));
      }
      fcn.step();
      if (step == 0) {
        Golden.close(plan.parameters(), fcn.mean, Golden.read("fcn.gradient"));
      }
      assertThat(fcn.sums.loss(0)).isCloseTo(losses[step], within(1e-4));
    }
    Golden.close(plan.parameters(), fcn.parameters, Golden.read("fcn.end"));
  }

  private static int[] labels(int group) {
    float[] all = Golden.read("fcn.labels");
    int[] labels = new int[2 * 90];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) all[group * labels.length + i];
    }
    return labels;
  }
}
