package org.deconvnet.network.gradient.adversarial;

import java.util.List;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.network.gradient.GradientNetwork;
import org.deconvnet.network.gradient.GradientNetwork.Wanted;
import org.deconvnet.network.gradient.GroupSums;
import org.deconvnet.network.gradient.LogisticLoss;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What both kinds of rounds do with a ghost group. Losses and gradients are means over the batch's
 * images: sums over groups need no further divisor. Real and generated images are normalised apart
 * from each other. All arrays are made once. Not thread-safe: one a thread.
 */
public final class AdversarialWork {
  /** Losses of the discriminator's round: of real images, of generated ones. */
  public static final int DISCRIMINATOR_LOSSES = 2;

  /** Losses of the generator's round. */
  public static final int GENERATOR_LOSSES = 1;

  private static final int REAL = 0;
  private static final int GENERATED = 1;

  private final GradientNetwork generator;
  private final GradientNetwork discriminator;
  private final long seed;
  private final long step;
  private final double images;

  /**
   * @param group images of a ghost group
   * @param groups of the batch
   * @param seed of the training: with step and group it decides each z
   * @param step updates made before, from 0
   */
  public AdversarialWork(
      AdversarialWeights weights,
      ArrayKernels kernels,
      int group,
      int groups,
      long seed,
      long step) {
    generator = weights.generator().network(kernels, group);
    discriminator = weights.discriminator().network(kernels, group);
    this.seed = seed;
    this.step = step;
    images = (double) group * groups;
  }

  /**
   * Real images are to be told from generated ones: adds the discriminator's gradients.
   *
   * @param real as many as a group has, (C, H, W), in [−1, 1]
   * @param number of the group
   */
  public void discriminate(List<FeatureMaps> real, int number, GroupSums sums) {
    for (int i = 0; i < real.size(); i++) {
      discriminator.input().put(i, real.get(i));
    }
    discriminator.train();
    judged(REAL, 1, sums);
    paint(number);
    judged(GENERATED, 0, sums);
  }

  private void judged(int kind, double target, GroupSums sums) {
    sums.addLoss(step, kind, loss(target));
    discriminator.backward(Wanted.PARAMETERS);
    add(discriminator, sums);
  }

  /**
   * Generated images are to be taken for real: adds the generator's gradients.
   *
   * @param number of the group
   */
  public void generate(int number, GroupSums sums) {
    paint(number);
    sums.addLoss(step, REAL, loss(1));
    discriminator.backward(Wanted.INPUT);
    copy(discriminator.inputGradient().data(), generator.outputGradient().data());
    generator.backward(Wanted.PARAMETERS);
    add(generator, sums);
  }

  /** The group's generated images, judged. */
  private void paint(int number) {
    Noise.ofGroup(generator.input().data(), seed, step, number);
    generator.train();
    copy(generator.output().data(), discriminator.input().data());
    discriminator.train();
  }

  private double loss(double target) {
    return LogisticLoss.loss(
        discriminator.output(), target, images, discriminator.outputGradient());
  }

  private void add(GradientNetwork network, GroupSums sums) {
    NetworkPlan plan = network.plan();
    sums.addGradient(step, plan.parameters(), network.gradient());
    sums.addStatistics(step, plan.statistics(), network.statistics());
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, from.length);
  }
}
