package org.deconvnet.network.gradient;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.network.gradient.plan.Layout;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Node;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;

/**
 * A {@link NetworkPlan} at work on ghost groups of a fixed number of images. Fill {@link #input},
 * call {@link #train} or {@link #infer}, read {@link #output}; for gradients fill {@link
 * #outputGradient} and call {@link #backward}. All arrays are made once and belong to the network.
 *
 * <p>Groups are always full. In training, images that fill no group wait for the next epoch; in
 * inference any numbers may fill the places that are left.
 *
 * <p>The bits of values and gradients depend on the plan, the numbers and the group alone: not on
 * the engine, nor on groups worked on before. Not thread-safe: one a thread.
 */
public final class GradientNetwork {
  private final NetworkPlan plan;
  private final Layout parameters;
  private final Layout statistics;
  private final Map<String, Signal> signals = new LinkedHashMap<>();
  private final List<Layer> layers = new ArrayList<>();
  private final Signal output;
  private final float[] gradient;
  private final float[] groupStatistics;
  private boolean trained;

  /**
   * @param kernels of an engine
   * @param images of a ghost group, from 1; normalisation wants 16 or 32
   */
  public GradientNetwork(NetworkPlan plan, ArrayKernels kernels, int images) {
    Checks.atLeast("ghost group: images", 1, images);
    this.plan = plan;
    parameters = plan.parameters();
    statistics = plan.statistics();
    gradient = new float[parameters.size()];
    groupStatistics = new float[statistics.size()];
    plan.inputs().forEach(input -> signal(input.name(), images, false));
    Layers made = new Layers(kernels, parameters, statistics);
    for (Node node : plan.nodes()) {
      List<Signal> in = node.inputs().stream().map(signals::get).toList();
      boolean learns =
          !parameters.of(node.name()).isEmpty() || in.stream().anyMatch(Signal::learns);
      layers.add(made.layer(node, in, signal(node.name(), images, learns)));
    }
    output = signals.get(plan.nodes().get(plan.nodes().size() - 1).name());
    setParameters(new float[parameters.size()]);
    setStatistics(plan.startStatistics());
  }

  private Signal signal(String name, int images, boolean learns) {
    Shape shape = plan.shapes().get(name);
    int takers = plan.nodes().stream().mapToInt(n -> Collections.frequency(n.inputs(), name)).sum();
    Signal signal = new Signal(shape, images, takers, learns);
    signals.put(name, signal);
    return signal;
  }

  public NetworkPlan plan() {
    return plan;
  }

  /** Images of a ghost group. */
  public int images() {
    return output.value().images();
  }

  /**
   * Parameters to use from now on, in the order of {@link NetworkPlan#parameters}. They are read
   * now and not kept. At first all are zero.
   */
  public void setParameters(float[] all) {
    parameters.require("network: parameters", all);
    layers.forEach(layer -> layer.setParameters(all));
    trained = false;
  }

  /**
   * Running statistics that {@link #infer} uses from now on, in the order of {@link
   * NetworkPlan#statistics}. At first every mean is 0 and every variance 1.
   */
  public void setStatistics(float[] all) {
    statistics.require("network: statistics", all);
    layers.forEach(layer -> layer.setStatistics(all));
  }

  /**
   * The group's images, to be filled, where there is no other input. Other inputs are had by {@link
   * #values}.
   */
  public GroupMaps input() {
    return onlyInput().value();
  }

  private Signal onlyInput() {
    plan.input();
    return signals.get(plan.inputs().get(0).name());
  }

  /** What the last layer gives. */
  public GroupMaps output() {
    return output.value();
  }

  /**
   * What a layer gives, or an input, to be filled.
   *
   * @throws IllegalArgumentException if there is no such layer or input
   */
  public GroupMaps values(String name) {
    return named(name).value();
  }

  /** The gradient in what a layer gives, or in an input, after a {@link #backward} for all. */
  public GroupMaps gradient(String name) {
    return named(name).gradient();
  }

  private Signal named(String name) {
    Signal signal = signals.get(name);
    if (signal == null) {
      throw new IllegalArgumentException(
          "network: expected a layer among %s, got '%s'".formatted(signals.keySet(), name));
    }
    return signal;
  }

  /** Forward, each group normalised by its own statistics. */
  public void train() {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).train();
    }
    trained = true;
  }

  /** Forward, by running statistics: an image's numbers do not depend on the others. */
  public void infer() {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).infer();
    }
    trained = false;
  }

  /** The loss' gradient in the output, to be filled before {@link #backward}. */
  public GroupMaps outputGradient() {
    return output.gradient();
  }

  /** The gradient in the only input, after a {@link #backward} that wanted it. */
  public GroupMaps inputGradient() {
    return onlyInput().gradient();
  }

  /** What a backward pass is for. */
  public enum Wanted {
    /** {@link #gradient}. */
    PARAMETERS,
    /** {@link #inputGradient}: a generator learns through its discriminator. */
    INPUT,
    /** Both. */
    ALL
  }

  /**
   * Backward, after {@link #train} with the same parameters.
   *
   * @throws IllegalStateException after anything else
   */
  public void backward(Wanted wanted) {
    if (!trained) {
      throw new IllegalStateException("network: backward comes after train, with its parameters");
    }
    boolean toInput = wanted != Wanted.PARAMETERS;
    for (Signal signal : signals.values()) {
      signal.begin(toInput || signal.learns());
    }
    float[] target = wanted == Wanted.INPUT ? null : gradient;
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers.get(i).backward(target);
    }
  }

  /** The last backward pass' gradient, in the order of {@link NetworkPlan#parameters}; shared. */
  public float[] gradient() {
    return gradient;
  }

  /**
   * Means and variances of the group last trained on, in the order of {@link
   * NetworkPlan#statistics}; shared.
   */
  public float[] statistics() {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).getStatistics(groupStatistics);
    }
    return groupStatistics;
  }
}
