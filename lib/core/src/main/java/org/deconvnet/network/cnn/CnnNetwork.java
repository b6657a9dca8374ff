package org.deconvnet.network.cnn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.Layers;
import org.deconvnet.store.Fingerprint;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * A convolutional network that was learned elsewhere, with some of its tensors as layers. Carries
 * the bytes of its file; they are read when they are first needed, once for all tasks of a process
 * that share it. Thread-safe.
 */
public final class CnnNetwork implements Layers {
  private static final long serialVersionUID = 1;

  /** ImageNet's crops of 224 are cut from a shorter side of 256. */
  private static final double USUAL_MARGIN = 8.0 / 7;

  private static final long BATCH_NUMBERS = 1 << 24;

  private final String name;
  private final byte[] content;
  private final CnnOptions options;
  private final InputScaling scaling;
  private final List<String> tensors;
  private final RectifierRule rule;

  private transient volatile Opened opened;

  private CnnNetwork(
      String name,
      byte[] content,
      CnnOptions options,
      InputScaling scaling,
      List<CnnNode> layers,
      RectifierRule rule) {
    this.name = name;
    this.content = content;
    this.options = options;
    this.scaling = scaling;
    this.tensors = layers.stream().map(CnnNode::output).toList();
    this.rule = rule;
  }

  /** What the bytes say. */
  private record Opened(CnnModel model, TopDownPlan plan, Map<List<?>, ForwardPass> passes) {
    static Opened of(String name, byte[] content, CnnOptions options) {
      try {
        CnnModel model = CnnFormat.of(name).open(name, content, options);
        return new Opened(model, new TopDownPlan(model.graph()), new ConcurrentHashMap<>());
      } catch (LinkageError e) {
        // The reader is there, and the runtime that it calls is not.
        throw CnnFormat.withoutLibrary(name, " (%s)".formatted(e));
      }
    }

    /** All tasks of a process share one. */
    ForwardPass forward(List<String> kept, List<String> pooled) {
      return passes.computeIfAbsent(List.of(kept, pooled), both -> model.forward(kept, pooled));
    }
  }

  /**
   * @param name of the file, for messages and its ending
   * @param whole bytes that need no other file ({@link CnnFormat#whole})
   * @throws UserErrorException if the file is damaged, the options do not fit its input, or a layer
   *     is not there
   */
  public static CnnNetwork read(String name, byte[] whole, CnnOptions options) {
    Opened opened = Opened.of(name, whole, options);
    CnnGraph graph = opened.model.graph();
    InputScaling scaling = options.scaling(graph.imageShape().maps());
    List<CnnNode> layers = LayerNames.find(graph, options.layers());
    CnnNetwork network =
        new CnnNetwork(name, whole, options, scaling, layers, RectifierRule.DECONVNET);
    network.opened = opened;
    return network;
  }

  /** The same network, shown by another rule. */
  public CnnNetwork withRule(RectifierRule other) {
    CnnNetwork network = new CnnNetwork(name, content, options, scaling, layers(), other);
    network.opened = opened;
    return network;
  }

  private List<CnnNode> layers() {
    return tensors.stream().map(tensor -> graph().producer(tensor).orElseThrow()).toList();
  }

  /**
   * The same network without the layers that no way leads down from.
   *
   * @throws UserErrorException if a layer was asked for by name, or none is left
   */
  public CnnNetwork withinReach() {
    TopDownPlan plan = opened().plan;
    List<CnnNode> reached = new ArrayList<>();
    for (CnnNode layer : layers()) {
      if (!options.layers().isEmpty()) {
        plan.require(layer.output());
      }
      if (plan.reaches(layer.output())) {
        reached.add(layer);
      }
    }
    if (reached.isEmpty()) {
      plan.require(tensors.get(0));
    }
    CnnNetwork network = new CnnNetwork(name, content, options, scaling, reached, rule);
    network.opened = opened;
    return network;
  }

  private Opened opened() {
    if (opened == null) {
      synchronized (this) {
        if (opened == null) {
          opened = Opened.of(name, content, options);
        }
      }
    }
    return opened;
  }

  public CnnGraph graph() {
    return opened().model.graph();
  }

  /** Which tensors can be carried down to the image. */
  public TopDownPlan plan() {
    return opened().plan;
  }

  /**
   * Images to run at a time: no more than leave their layers about 64 MB.
   *
   * @param most images
   */
  public int batch(int most) {
    long numbers = imageShape().size();
    for (int number = 1; number <= depth(); number++) {
      numbers += shape(number).size();
    }
    return ForwardPass.batch(most, BATCH_NUMBERS, numbers);
  }

  /** A pass that keeps the layers' values. */
  public ForwardPass forward() {
    return opened().forward(tensors, List.of());
  }

  /** A pass that keeps some tensors' values. */
  public ForwardPass forward(List<String> kept) {
    return opened().forward(kept, List.of());
  }

  /** A pass that keeps what the way down from the layers needs. */
  ForwardPass recording() {
    TopDownPlan plan = opened().plan;
    return opened()
        .forward(List.copyOf(plan.gates(tensors, rule)), List.copyOf(plan.pooled(tensors)));
  }

  /** Names of the layers' tensors, in the order of their numbers. */
  public List<String> tensors() {
    return tensors;
  }

  /** The name of a layer's node in the file. */
  public String nodeName(int number) {
    return layers().get(number - 1).name();
  }

  /** Shape of a layer, (K, H, W). */
  public Shape shape(int number) {
    return graph().shape(tensors.get(number - 1)).orElseThrow();
  }

  /**
   * What the network is given of an image.
   *
   * @param image (C, H, W) in [0, 1], red first
   * @throws IllegalArgumentException if it is of another shape
   */
  public FeatureMaps input(FeatureMaps image) {
    Checks.sameShape("image", imageShape(), image.shape());
    return scaling.toInput(image);
  }

  /**
   * The colour that stands for no image in particular, zero in the network's input where a mean is
   * taken off.
   *
   * @return (C, 1, 1), pixels in [0, 1], red first
   */
  public FeatureMaps grey() {
    return scaling.grey(imageShape().maps());
  }

  InputScaling scaling() {
    return scaling;
  }

  public RectifierRule rule() {
    return rule;
  }

  /** Shape of an image that it takes, (C, H, W). */
  public Shape imageShape() {
    return graph().imageShape();
  }

  /**
   * How long the shorter side of an image is before its middle is cut out.
   *
   * @throws UserErrorException if the options have it shorter than the network's input
   */
  public int resize() {
    int side = Math.min(imageShape().height(), imageShape().width());
    int resize = options.resize() == 0 ? (int) Math.ceil(side * USUAL_MARGIN) : options.resize();
    if (resize < side) {
      throw new UserErrorException(
          "network.resize: expected at least the side of the network's input, %d, got %d"
              .formatted(side, resize));
    }
    return resize;
  }

  /** The name of its file. */
  public String name() {
    return name;
  }

  /** The bytes of its file, not to be changed. */
  public byte[] content() {
    return content;
  }

  public CnnOptions options() {
    return options;
  }

  @Override
  public String title() {
    return "Convolutional network " + name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public int depth() {
    return tensors.size();
  }

  @Override
  public String name(int number) {
    return "layer %d, %s".formatted(number, nodeName(number));
  }

  @Override
  public String fingerprint() {
    return new Fingerprint()
        .add(content)
        .add(
            "%s %s %s %s"
                .formatted(options, scaling, tensors, rule)
                .getBytes(StandardCharsets.UTF_8))
        .hex();
  }

  @Override
  public boolean hasSwitches() {
    return true;
  }

  @Override
  public LayerActivations activations(ConvolutionEngine engine) {
    return new CnnActivations(this, new TopDownPass(opened().plan, engine, rule));
  }
}
