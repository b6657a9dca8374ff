package org.deconvnet.network.gradient.adversarial;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deconvnet.network.gradient.plan.Convolve;
import org.deconvnet.network.gradient.plan.ConvolveTransposed;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.network.gradient.plan.Operation;
import org.deconvnet.network.gradient.plan.Rectify;
import org.deconvnet.network.gradient.plan.Squash;
import org.deconvnet.network.gradient.plan.Start;
import org.deconvnet.network.gradient.update.AdamRule;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * A generator and a discriminator, and how they are trained. Their architecture is that of Radford,
 * Metz and Chintala, Unsupervised representation learning with deep convolutional generative
 * adversarial networks, ICLR 2016, section 3: strides in place of pooling, filters of 4 × 4, maps
 * twice as many where sides are half as long, batch normalisation but not at the discriminator's
 * input, the generator's output and the judgement. Immutable.
 *
 * @param side rows and columns of an image: 8, 16, 32, 64, 128 or 256
 * @param grey one map an image; otherwise three
 * @param filters maps of the discriminator's first layer and of the generator's last but one
 * @param noise numbers of z, each uniform in [−1, 1)
 * @param ghostGroup images that are normalised together, from 2
 * @param batch images of an update, a multiple of a ghost group
 * @param rate Adam's, of both networks
 * @param beta1 Adam's
 * @param epochs passes over the images; 0 leaves the networks as they start
 */
public record AdversarialOptions(
    int side,
    boolean grey,
    int filters,
    int noise,
    int ghostGroup,
    int batch,
    double rate,
    double beta1,
    int epochs)
    implements Serializable {
  /** The paper's rate, β₁ and z; fewer filters and images a batch. */
  public static final AdversarialOptions DEFAULTS =
      new AdversarialOptions(32, false, 64, 100, 16, 64, 2e-4, 0.5, 25);

  private static final int SMALLEST = 8;
  private static final int LARGEST = 256;

  /** Both networks meet at maps of so many rows and columns. */
  private static final int CORE = 4;

  private static final Geometry WHOLE = Geometry.square(AxisGeometry.of(CORE));
  private static final Geometry HALF = Geometry.square(AxisGeometry.of(4, 2, 1));
  private static final Start SMALL = new Start.Gaussian(0, 0.02);
  private static final double SLOPE = 0.2;

  public AdversarialOptions {
    if (side < SMALLEST || side > LARGEST || Integer.bitCount(side) != 1) {
      throw new UserErrorException(
          "generate.side: expected a power of two from %d to %d, got %d"
              .formatted(SMALLEST, LARGEST, side));
    }
    Checks.between("generate.filters", 1, 1024, filters);
    Checks.between("generate.noise", 1, 4096, noise);
    Checks.between("generate.ghostGroup", 2, 1024, ghostGroup);
    if (batch < ghostGroup || batch % ghostGroup != 0) {
      throw new UserErrorException(
          "generate.batch: expected a multiple of generate.ghostGroup, which is %d, got %d"
              .formatted(ghostGroup, batch));
    }
    Checks.between("generate.epochs", 0, 1_000_000, epochs);
    rule(rate, beta1);
  }

  private static AdamRule rule(double rate, double beta1) {
    AdamRule paper = AdamRule.adversarial();
    return new AdamRule(rate, beta1, paper.beta2(), paper.epsilon(), paper.weightDecay());
  }

  /** How both networks' parameters move. */
  public AdamRule rule() {
    return rule(rate, beta1);
  }

  /** (C, H, W). */
  public Shape image() {
    return new Shape(grey ? 1 : 3, side, side);
  }

  /** (numbers, 1, 1). */
  public Shape z() {
    return new Shape(noise, 1, 1);
  }

  /** Ghost groups of a full batch. */
  public int groups() {
    return batch / ghostGroup;
  }

  private int mostMaps() {
    return filters * side / (2 * CORE);
  }

  /** From z to an image in (−1, 1). */
  public NetworkPlan generator() {
    Map<String, Operation> layers = new LinkedHashMap<>();
    int maps = mostMaps();
    int level = 1;
    layers.put("up1", new ConvolveTransposed(maps, WHOLE, 0, 0, false, SMALL));
    for (int rows = CORE; ; rows *= 2) {
      layers.put("norm" + level, NormalizeGroup.standard());
      layers.put("relu" + level, Rectify.plain());
      level++;
      if (2 * rows == side) {
        break;
      }
      maps /= 2;
      layers.put("up" + level, new ConvolveTransposed(maps, HALF, 0, 0, false, SMALL));
    }
    layers.put("up" + level, new ConvolveTransposed(image().maps(), HALF, 0, 0, true, SMALL));
    layers.put("tanh", new Squash());
    return NetworkPlan.chain(z(), layers);
  }

  /** From an image in [−1, 1] to one number, positive where it is taken for one of the corpus. */
  public NetworkPlan discriminator() {
    Map<String, Operation> layers = new LinkedHashMap<>();
    layers.put("conv1", new Convolve(filters, HALF, true, SMALL));
    layers.put("leaky1", new Rectify(SLOPE));
    int level = 1;
    for (int rows = side / 2; rows > CORE; rows /= 2) {
      level++;
      int maps = filters << (level - 1);
      layers.put("conv" + level, new Convolve(maps, HALF, false, SMALL));
      layers.put("norm" + level, NormalizeGroup.standard());
      layers.put("leaky" + level, new Rectify(SLOPE));
    }
    layers.put("judge", new Convolve(1, WHOLE, true, SMALL));
    return NetworkPlan.chain(image(), layers);
  }

  /** Bytes that a task takes at least for a ghost group: both networks at work, and sums. */
  public long taskBytes() {
    return taskBytes(generator()) + taskBytes(discriminator());
  }

  /** Each signal's values and gradient; weights as sent, as set and as their gradient, and sums. */
  private long taskBytes(NetworkPlan plan) {
    long numbers = plan.shapes().values().stream().mapToLong(Shape::size).sum();
    return 8 * numbers * ghostGroup + 20L * plan.parameters().size();
  }

  /** Bytes that the driver takes at least: weights, Adam's memories, gradients, a round's sums. */
  public long driverBytes() {
    return 32L * (generator().parameters().size() + discriminator().parameters().size());
  }
}
