package org.deconvnet.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.GradientNetwork;
import org.deconvnet.network.gradient.GradientNetwork.Wanted;
import org.deconvnet.network.gradient.GroupMaps;
import org.deconvnet.network.gradient.GroupSums;
import org.deconvnet.network.gradient.LogisticLoss;
import org.deconvnet.network.gradient.plan.Convolve;
import org.deconvnet.network.gradient.plan.ConvolveTransposed;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.network.gradient.plan.Operation;
import org.deconvnet.network.gradient.plan.Rectify;
import org.deconvnet.network.gradient.plan.Squash;
import org.deconvnet.network.gradient.plan.Start;
import org.deconvnet.network.gradient.update.AdamRule;
import org.deconvnet.network.gradient.update.Update;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.Shape;

/**
 * Seconds of a DCGAN training step on one thread: 64 images of 3 × 32 × 32 in ghost groups, 64
 * filters in generator and discriminator, exact sums and Adam included. {@code GradientStep STEPS
 * [GROUP [ENGINE]]} prints the median of so many steps, after a fifth of them to warm up. Its peer
 * is {@code lib/bench/gradients/dcgan_step.py}.
 */
public final class GradientStep {
  private static final int FILTERS = 64;
  private static final int BATCH = 64;
  private static final Geometry WHOLE = Geometry.square(AxisGeometry.of(4));
  private static final Geometry HALF = Geometry.square(AxisGeometry.of(4, 2, 1));
  private static final Start SMALL = new Start.Gaussian(0, 0.02);

  private final int groups;
  private final Random random = new Random(1);
  private final Player g;
  private final Player d;
  private final float[] real;
  private final float[][] noise;

  private GradientStep(int group, String engine) {
    groups = BATCH / group;
    g = new Player(generator(), engine, group, groups);
    d = new Player(discriminator(), engine, group, 2 * groups);
    real = new float[d.network.input().data().length];
    noise = new float[groups][g.network.input().data().length];
    draw(real);
  }

  /** One of the two networks, in training. */
  private static final class Player {
    final NetworkPlan plan;
    final GradientNetwork network;
    final Update update;
    final float[] parameters;
    final float[] gradient;
    final int terms;
    GroupSums sums;

    Player(NetworkPlan plan, String engine, int group, int terms) {
      this.plan = plan;
      this.terms = terms;
      network = new GradientNetwork(plan, ConvolutionEngines.create(engine).kernels(), group);
      update = AdamRule.adversarial().start(plan.parameters());
      parameters = plan.startParameters(1);
      gradient = new float[parameters.length];
      network.setParameters(parameters);
    }

    void begin() {
      sums = new GroupSums(parameters.length, plan.statistics().size(), 1, terms);
    }

    void add(double loss) {
      network.backward(Wanted.PARAMETERS);
      sums.addLoss(update.steps(), 0, loss);
      sums.addGradient(update.steps(), plan.parameters(), network.gradient());
      sums.addStatistics(update.steps(), plan.statistics(), network.statistics());
    }

    void step() {
      sums.gradient(1, gradient);
      update.step(parameters, gradient, 1);
      network.setParameters(parameters);
    }
  }

  private static NetworkPlan generator() {
    Map<String, Operation> layers = new LinkedHashMap<>();
    layers.put("up1", new ConvolveTransposed(4 * FILTERS, WHOLE, 0, 0, false, SMALL));
    layers.put("norm1", NormalizeGroup.standard());
    layers.put("relu1", Rectify.plain());
    layers.put("up2", new ConvolveTransposed(2 * FILTERS, HALF, 0, 0, false, SMALL));
    layers.put("norm2", NormalizeGroup.standard());
    layers.put("relu2", Rectify.plain());
    layers.put("up3", new ConvolveTransposed(FILTERS, HALF, 0, 0, false, SMALL));
    layers.put("norm3", NormalizeGroup.standard());
    layers.put("relu3", Rectify.plain());
    layers.put("up4", new ConvolveTransposed(3, HALF, 0, 0, true, SMALL));
    layers.put("tanh", new Squash());
    return NetworkPlan.chain(new Shape(100, 1, 1), layers);
  }

  private static NetworkPlan discriminator() {
    Map<String, Operation> layers = new LinkedHashMap<>();
    layers.put("conv1", new Convolve(FILTERS, HALF, true, SMALL));
    layers.put("leaky1", new Rectify(0.2));
    layers.put("conv2", new Convolve(2 * FILTERS, HALF, false, SMALL));
    layers.put("norm2", NormalizeGroup.standard());
    layers.put("leaky2", new Rectify(0.2));
    layers.put("conv3", new Convolve(4 * FILTERS, HALF, false, SMALL));
    layers.put("norm3", NormalizeGroup.standard());
    layers.put("leaky3", new Rectify(0.2));
    layers.put("judge", new Convolve(1, WHOLE, true, SMALL));
    return NetworkPlan.chain(new Shape(3, 32, 32), layers);
  }

  private void draw(float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 2 * random.nextFloat() - 1;
    }
  }

  /** A round of the discriminator, then one of the generator, as data-parallel training has it. */
  private void step() {
    d.begin();
    for (int group = 0; group < groups; group++) {
      System.arraycopy(real, 0, d.network.input().data(), 0, real.length);
      d.network.train();
      d.add(loss(1));
      paint(group);
      d.add(loss(0));
    }
    d.step();
    g.begin();
    for (int group = 0; group < groups; group++) {
      paint(group);
      double loss = loss(1);
      d.network.backward(Wanted.INPUT);
      copy(d.network.inputGradient().data(), g.network.outputGradient());
      g.add(loss);
    }
    g.step();
  }

  /** The generator's images of a group, judged. */
  private void paint(int group) {
    copy(noise[group], g.network.input());
    g.network.train();
    copy(g.network.output().data(), d.network.input());
    d.network.train();
  }

  private double loss(double target) {
    return LogisticLoss.loss(d.network.output(), target, BATCH, d.network.outputGradient());
  }

  private static void copy(float[] from, GroupMaps to) {
    System.arraycopy(from, 0, to.data(), 0, from.length);
  }

  private double seconds() {
    for (float[] group : noise) {
      draw(group);
    }
    long begin = System.nanoTime();
    step();
    return (System.nanoTime() - begin) / 1e9;
  }

  public static void main(String[] args) {
    int steps = Integer.parseInt(args[0]);
    int group = args.length > 1 ? Integer.parseInt(args[1]) : 16;
    String engine = args.length > 2 ? args[2] : ConvolutionEngines.AUTO;
    GradientStep training = new GradientStep(group, engine);
    for (int i = 0; i < steps / 5; i++) {
      training.seconds();
    }
    double[] seconds = new double[steps];
    for (int i = 0; i < steps; i++) {
      seconds[i] = training.seconds();
    }
    Arrays.sort(seconds);
    System.out.printf(Locale.ROOT, "%.4f%n", seconds[steps / 2]);
  }
}
