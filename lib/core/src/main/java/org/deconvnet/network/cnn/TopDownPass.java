package org.deconvnet.network.cnn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.Activation;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * One activation carried down to the image: all other numbers of its tensor are set to zero, then
 * the operators are gone through in the inverse order of the forward pass, max pooling by its
 * switches, filters transposed, rectifiers by a {@link RectifierRule} (Zeiler and Fergus, ECCV
 * 2014, section 2.1). Where branches part, a signal goes down each; where they meet, signals add.
 * With {@link RectifierRule#GRADIENT} this is the activation times its gradient, but for what is
 * left out: normalisation over a neighbourhood.
 *
 * <p>Owns scratch memory, twice the tensors on the way at most: not thread-safe.
 */
public final class TopDownPass {
  private final TopDownPlan plan;
  private final String engine;
  private final RectifierRule rule;
  private final Map<String, Downward> operators = new HashMap<>();
  private final Map<String, FeatureMaps> signals = new HashMap<>();
  private final Map<String, FeatureMaps> scratch = new HashMap<>();
  private final Map<String, List<CnnNode>> paths = new HashMap<>();

  /**
   * @param engine of the kind that each convolution gets one of: an engine keeps what it made of
   *     the filters it used last, and a network has more convolutions than it keeps
   */
  public TopDownPass(TopDownPlan plan, ConvolutionEngine engine, RectifierRule rule) {
    this.plan = plan;
    this.engine = engine.name();
    this.rule = rule;
  }

  /**
   * What an activation is in the network's input.
   *
   * @param tensor that the activation is of
   * @param forward of the same image: switches, and rectified maps if the rule looks at them
   * @return (C, H, W), this pass' own until the next call
   */
  public FeatureMaps project(String tensor, Activation activation, ForwardRecord forward) {
    FeatureMaps start = signal(tensor);
    start.fill(0);
    start.data()[activation.index()] = activation.value();
    Set<String> reached = new HashSet<>(Set.of(tensor));
    for (CnnNode node : path(tensor)) {
      for (int input : plan.way(node).inputs()) {
        carry(node, input, forward, reached);
      }
    }
    return signal(plan.graph().image());
  }

  private void carry(CnnNode node, int input, ForwardRecord forward, Set<String> reached) {
    String name = node.input(input);
    FeatureMaps above = signal(node.output());
    FeatureMaps below = signal(name);
    if (reached.add(name)) {
      operator(node).carry(input, above, forward, below);
      return;
    }
    FeatureMaps part = scratch.computeIfAbsent(name, this::zeros);
    operator(node).carry(input, above, forward, part);
    for (int i = 0; i < below.data().length; i++) {
      below.data()[i] += part.data()[i];
    }
  }

  /** The part of the image that an activation depends on; may leave the image's frame. */
  public ReceptiveField field(String tensor, Activation activation) {
    Map<String, ReceptiveField> fields = new HashMap<>();
    Shape shape = plan.graph().requireShape(tensor);
    fields.put(tensor, ReceptiveField.ofEntry(shape, activation.index()));
    for (CnnNode node : path(tensor)) {
      for (int input : plan.way(node).inputs()) {
        ReceptiveField below = operator(node).field(input, fields.get(node.output()));
        fields.merge(node.input(input), below, Fields::union);
      }
    }
    return fields.get(plan.graph().image());
  }

  private List<CnnNode> path(String tensor) {
    return paths.computeIfAbsent(tensor, plan::below);
  }

  private Downward operator(CnnNode node) {
    return operators.computeIfAbsent(
        node.output(),
        output -> plan.way(node).maker().with(ConvolutionEngines.create(engine), rule));
  }

  private FeatureMaps signal(String tensor) {
    return signals.computeIfAbsent(tensor, this::zeros);
  }

  private FeatureMaps zeros(String tensor) {
    return FeatureMaps.zeros(plan.graph().requireShape(tensor));
  }
}
