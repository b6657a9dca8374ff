package org.deconvnet.network.gradient.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.network.gradient.GroupSums;
import org.deconvnet.network.gradient.NetworkTraining;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.update.AdamRule;
import org.deconvnet.tensor.FeatureMaps;
import org.junit.jupiter.api.Test;

/** A turn of both networks on ghost groups. */
class AdversarialWorkTest {
  private static final AdversarialOptions OPTIONS = AdversarialOptionsTest.of(8, true, 3);
  private static final int GROUP = OPTIONS.ghostGroup();

  /** Started larger than in training, so that gradients are. */
  private static NetworkWeights large(NetworkPlan plan, int seed) {
    float[] parameters = new float[plan.parameters().size()];
    Random random = new Random(seed);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.3 * random.nextGaussian());
    }
    return new NetworkWeights(plan, parameters, plan.startStatistics());
  }

  private static AdversarialWeights weights() {
    return new AdversarialWeights(large(OPTIONS.generator(), 1), large(OPTIONS.discriminator(), 2));
  }

  private static List<FeatureMaps> images(int seed) {
    List<FeatureMaps> images = new ArrayList<>();
    Random random = new Random(seed);
    for (int i = 0; i < GROUP; i++) {
      FeatureMaps image = FeatureMaps.zeros(OPTIONS.image());
      float tone = random.nextFloat();
      for (int p = 0; p < image.data().length; p++) {
        image.data()[p] = tone - random.nextFloat();
      }
      images.add(image);
    }
    return images;
  }

  private static AdversarialWork work(AdversarialWeights weights, int groups, long step) {
    return new AdversarialWork(weights, new ScalarArrayKernels(), GROUP, groups, 7, step);
  }

  private static GroupSums discriminated(AdversarialWeights weights, long step, int... groups) {
    GroupSums sums = weights.discriminator().sums(AdversarialWork.DISCRIMINATOR_LOSSES, 8);
    AdversarialWork work = work(weights, groups.length, step);
    IntStream.of(groups).forEach(group -> work.discriminate(images(group), group, sums));
    return sums;
  }

  private static GroupSums generated(AdversarialWeights weights, long step, int... groups) {
    GroupSums sums = weights.generator().sums(AdversarialWork.GENERATOR_LOSSES, 8);
    AdversarialWork work = work(weights, groups.length, step);
    IntStream.of(groups).forEach(group -> work.generate(group, sums));
    return sums;
  }

  private static float[] gradient(GroupSums sums, int parameters) {
    float[] gradient = new float[parameters];
    sums.gradient(1, gradient);
    return gradient;
  }

  @Test
  void theGeneratorsGradientIsThatOfItsLossThroughTheDiscriminator() {
    AdversarialWeights weights = weights();
    float[] all = weights.generator().parameters();
    float[] gradient = gradient(generated(weights, 3, 0, 1), all.length);
    requireSlope(all, gradient, () -> generated(weights, 3, 0, 1).loss(0));
  }

  @Test
  void theDiscriminatorsGradientIsThatOfBothItsLosses() {
    AdversarialWeights weights = weights();
    float[] all = weights.discriminator().parameters();
    float[] gradient = gradient(discriminated(weights, 3, 0, 1), all.length);
    requireSlope(
        all,
        gradient,
        () -> {
          GroupSums sums = discriminated(weights, 3, 0, 1);
          return sums.loss(0) + sums.loss(1);
        });
  }

  /** Central differences of the steepest parameters. */
  private static void requireSlope(
      float[] parameters, float[] gradient, java.util.function.DoubleSupplier loss) {
    List<Integer> steepest =
        IntStream.range(0, gradient.length)
            .boxed()
            .sorted((a, b) -> Float.compare(Math.abs(gradient[b]), Math.abs(gradient[a])))
            .limit(12)
            .toList();
    for (int at : steepest) {
      float before = parameters[at];
      double width = 0.004;
      parameters[at] = (float) (before + width);
      double above = loss.getAsDouble();
      parameters[at] = (float) (before - width);
      double below = loss.getAsDouble();
      parameters[at] = before;
      assertThat((above - below) / (2 * width))
          .as("parameter %d", at)
          .isCloseTo(gradient[at], within(0.03 * Math.abs(gradient[at])));
    }
  }

  @Test
  void lossesAreMeansOverTheImagesOfABatch() {
    AdversarialWeights weights = weights();
    double both = generated(weights, 3, 0, 1).loss(0);
    double first = generated(weights, 3, 0).loss(0);
    double second = generated(weights, 3, 1).loss(0);
    assertThat(both).isCloseTo((first + second) / 2, within(1e-6));
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void otherStepsHaveOtherNoise() {
    AdversarialWeights weights = weights();
    assertThat(generated(weights, 4, 0).loss(0)).isNotEqualTo(generated(weights, 3, 0).loss(0));
    assertThat(generated(weights, 3, 0).loss(0)).isEqualTo(generated(weights, 3, 0).loss(0));
  }

  /** Against a generator that does not learn. */
  @Test
  void theDiscriminatorLearnsToTellImagesFromSamples() {
    NetworkTraining discriminator =
        NetworkTraining.of(OPTIONS.discriminator(), new AdamRule(2e-3, 0.5, 0.999, 1e-8, 0), 5);
    NetworkWeights generator = NetworkWeights.start(OPTIONS.generator(), 4);
    double first = 0;
    double last = 0;
    for (int step = 0; step < 200; step++) {
      AdversarialWeights now = new AdversarialWeights(generator, discriminator.weights());
      GroupSums sums = discriminated(now, step, 0, 1);
      discriminator.step(sums, 1, 1);
      last = sums.loss(0) + sums.loss(1);
      first = step == 0 ? last : first;
    }
    assertThat(first).isBetween(1.0, 2.0);
    assertThat(last).isLessThan(0.5);
  }
}
