package org.deconvnet.network.gradient.update;

import java.util.stream.Stream;
import org.deconvnet.network.gradient.plan.Layout;
import org.deconvnet.network.gradient.plan.Part;
import org.deconvnet.network.gradient.plan.Role;
import org.deconvnet.tensor.Checks;

/**
 * Moves a flat vector of parameters along gradients, step by step. Computes in double precision and
 * keeps its memories in single. Not thread-safe.
 */
public final class Update {
  private final UpdateRule rule;
  private final Layout parameters;
  private final float[][] memories;
  private long steps;

  Update(UpdateRule rule, Layout parameters) {
    this.rule = rule;
    this.parameters = parameters;
    memories = new float[rule.memories()][parameters.size()];
  }

  /**
   * @param w parameters, changed in place
   * @param gradient of the same order
   * @param factor of the rate in this step, above 0: a schedule's
   */
  public void step(float[] w, float[] gradient, double factor) {
    parameters.require("update: parameters", w);
    parameters.require("update: gradient", gradient);
    Checks.positive("update: factor of the rate", factor);
    steps++;
    for (Part part : parameters.parts()) {
      double decay = part.slot().role() == Role.FILTERS ? rule.weightDecay() : 0;
      if (rule instanceof AdamRule adam) {
        adam(adam, part, w, gradient, decay, factor);
      } else if (rule instanceof MomentumRule descent) {
        descend(descent, part, w, gradient, decay, factor);
      }
    }
  }

  private void adam(
      AdamRule adam, Part part, float[] w, float[] gradient, double decay, double factor) {
    float[] m = memories[0];
    float[] v = memories[1];
    double first = 1 - StrictMath.pow(adam.beta1(), (double) steps);
    double second = 1 - StrictMath.pow(adam.beta2(), (double) steps);
    double rate = adam.rate() * factor / first;
    int end = part.end();
    for (int i = part.offset(); i < end; i++) {
      double g = gradient[i] + decay * w[i];
      m[i] = (float) (adam.beta1() * m[i] + (1 - adam.beta1()) * g);
      v[i] = (float) (adam.beta2() * v[i] + (1 - adam.beta2()) * g * g);
      w[i] = (float) (w[i] - rate * m[i] / (Math.sqrt(v[i] / second) + adam.epsilon()));
    }
  }

  private void descend(
      MomentumRule descent, Part part, float[] w, float[] gradient, double decay, double factor) {
    float[] v = memories[0];
    double rate = descent.rate() * factor;
    int end = part.end();
    for (int i = part.offset(); i < end; i++) {
      v[i] = (float) (descent.momentum() * v[i] + gradient[i] + decay * w[i]);
      w[i] = (float) (w[i] - rate * v[i]);
    }
  }

  /** Steps made so far. */
  public long steps() {
    return steps;
  }

  /** What a checkpoint keeps; newly allocated. */
  public UpdateState state() {
    return new UpdateState(steps, Stream.of(memories).map(float[]::clone).toList());
  }

  /**
   * Goes on from a state of the same rule and layout.
   *
   * @throws IllegalArgumentException if the state has other arrays
   */
  public void restore(UpdateState state) {
    Checks.equal("update: memories", memories.length, state.memories().size());
    for (int i = 0; i < memories.length; i++) {
      parameters.require("update: memory " + (i + 1), state.memories().get(i));
      System.arraycopy(state.memories().get(i), 0, memories[i], 0, memories[i].length);
    }
    steps = state.steps();
  }
}
