package org.deconvnet.network.gradient;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deconvnet.network.gradient.plan.Add;
import org.deconvnet.network.gradient.plan.Convolve;
import org.deconvnet.network.gradient.plan.ConvolveTransposed;
import org.deconvnet.network.gradient.plan.Fit;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Node;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.network.gradient.plan.Operation;
import org.deconvnet.network.gradient.plan.PoolMaximum;
import org.deconvnet.network.gradient.plan.Rectify;
import org.deconvnet.network.gradient.plan.Squash;
import org.deconvnet.network.gradient.plan.Start;
import org.deconvnet.network.gradient.plan.Trim;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.operator.cnn.PoolWindows;
import org.deconvnet.tensor.Shape;

/** Each layer alone, and small networks of many. */
final class ExamplePlans {
  static final Start SMALL = new Start.Gaussian(0, 0.02);

  private static final Geometry HALF = Geometry.square(AxisGeometry.of(4, 2, 1));
  private static final Geometry POINT = Geometry.square(AxisGeometry.of(1));

  private ExamplePlans() {}

  private static Map<String, NetworkPlan> byName() {
    Map<String, NetworkPlan> plans = new LinkedHashMap<>();
    Geometry oblong =
        new Geometry(new AxisGeometry(3, 2, 1, 0, 1), new AxisGeometry(2, 1, 0, 1, 2), 1);
    plans.put("convolved", one(new Shape(2, 7, 6), new Convolve(3, oblong, true, SMALL)));
    plans.put(
        "transposed", one(new Shape(3, 4, 3), new ConvolveTransposed(2, HALF, 0, 0, true, SMALL)));
    Geometry third = Geometry.square(AxisGeometry.of(3, 3, 1));
    plans.put(
        "padded", one(new Shape(2, 3, 4), new ConvolveTransposed(3, third, 2, 1, false, SMALL)));
    Geometry apart = Geometry.square(AxisGeometry.of(1, 3, 0));
    plans.put(
        "apart", one(new Shape(2, 3, 2), new ConvolveTransposed(2, apart, 2, 2, true, SMALL)));
    plans.put("normalized", one(new Shape(2, 3, 4), NormalizeGroup.standard()));
    plans.put("rectified", one(new Shape(2, 3, 4), Rectify.plain()));
    plans.put("leaky", one(new Shape(2, 3, 4), new Rectify(0.2)));
    plans.put("squashed", one(new Shape(2, 3, 4), new Squash()));
    PoolWindows overlapping = new PoolWindows(AxisGeometry.of(3, 2, 1), AxisGeometry.of(2), true);
    plans.put("pooled", one(new Shape(2, 6, 5), new PoolMaximum(overlapping)));
    plans.put("trimmed", one(new Shape(2, 6, 5), new Trim(4, 3)));
    plans.put("forked", forked());
    plans.put("generator", generator());
    plans.put("discriminator", discriminator());
    plans.put("labelling", labelling());
    return plans;
  }

  static NetworkPlan named(String name) {
    return byName().get(name);
  }

  static Stream<NetworkPlan> all() {
    return byName().values().stream();
  }

  private static NetworkPlan one(Shape input, Operation operation) {
    return NetworkPlan.chain(input, Map.of("only", operation));
  }

  /** The image is taken twice, cropped and surrounded, and added to itself. */
  private static NetworkPlan forked() {
    Geometry wide = Geometry.square(AxisGeometry.of(2));
    return new NetworkPlan(
        new Shape(2, 5, 6),
        List.of(
            new Node("small", new Convolve(2, wide, true, SMALL), List.of("input")),
            new Node("surrounded", new Fit(), List.of("small", "input")),
            new Node("cropped", new Fit(), List.of("input", "small")),
            new Node("bent", new Squash(), List.of("small")),
            new Node("both", new Add(), List.of("cropped", "bent", "small")),
            new Node("large", new Fit(), List.of("both", "surrounded")),
            new Node("sum", new Add(), List.of("large", "surrounded", "input"))));
  }

  /** DCGAN's, small: z of 5 numbers to 2 × 8 × 8. */
  static NetworkPlan generator() {
    Map<String, Operation> layers = new LinkedHashMap<>();
    Geometry first = Geometry.square(AxisGeometry.of(4));
    layers.put("project", new ConvolveTransposed(4, first, 0, 0, false, SMALL));
    layers.put("norm1", NormalizeGroup.standard());
    layers.put("relu1", Rectify.plain());
    layers.put("paint", new ConvolveTransposed(2, HALF, 0, 0, true, SMALL));
    layers.put("tanh", new Squash());
    return NetworkPlan.chain(new Shape(5, 1, 1), layers);
  }

  /** DCGAN's, small: 2 × 8 × 8 to one logit. */
  static NetworkPlan discriminator() {
    Map<String, Operation> layers = new LinkedHashMap<>();
    layers.put("conv1", new Convolve(3, HALF, true, SMALL));
    layers.put("leaky1", new Rectify(0.2));
    layers.put("conv2", new Convolve(4, HALF, false, SMALL));
    layers.put("norm2", NormalizeGroup.standard());
    layers.put("leaky2", new Rectify(0.2));
    layers.put("judge", new Convolve(1, Geometry.square(AxisGeometry.of(2)), true, SMALL));
    return NetworkPlan.chain(new Shape(2, 8, 8), layers);
  }

  /** A fully convolutional network with a skip: 3 classes of 9 × 10 pixels. */
  static NetworkPlan labelling() {
    Geometry same = Geometry.square(AxisGeometry.of(3, 1, 1));
    PoolWindows two = new PoolWindows(AxisGeometry.of(2, 2, 0), AxisGeometry.of(2, 2, 0), true);
    Convolve score = new Convolve(3, POINT, true, Start.ZERO);
    ConvolveTransposed up = new ConvolveTransposed(3, HALF, 0, 0, false, new Start.Bilinear());
    return new NetworkPlan(
        new Shape(2, 9, 10),
        List.of(
            new Node("conv1", new Convolve(4, same, true, SMALL), List.of("input")),
            new Node("relu1", Rectify.plain(), List.of("conv1")),
            new Node("pool1", new PoolMaximum(two), List.of("relu1")),
            new Node("conv2", new Convolve(5, same, true, SMALL), List.of("pool1")),
            new Node("relu2", Rectify.plain(), List.of("conv2")),
            new Node("pool2", new PoolMaximum(two), List.of("relu2")),
            new Node("score2", score, List.of("pool2")),
            new Node("up2", up, List.of("score2")),
            new Node("score1", score, List.of("pool1")),
            new Node("fit2", new Fit(), List.of("up2", "score1")),
            new Node("skip", new Add(), List.of("fit2", "score1")),
            new Node("up1", up, List.of("skip")),
            new Node("fit1", new Fit(), List.of("up1", "input"))));
  }
}
