package org.deconvnet.network.gradient.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Random;
import org.deconvnet.network.gradient.plan.Convolve;
import org.deconvnet.network.gradient.plan.Layout;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Start;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class UpdateTest {
  static final UpdateRule[] RULES = {
    new AdamRule(0.01, 0.9, 0.999, 1e-8, 0.1), new MomentumRule(0.01, 0.9, 0.1)
  };

  /** Two filters of one tap, then their biases. */
  private static final Layout LAYOUT =
      NetworkPlan.chain(
              new Shape(1, 2, 2),
              Map.of(
                  "only", new Convolve(2, Geometry.square(AxisGeometry.of(1)), true, Start.ZERO)))
          .parameters();

  private static float[] gradient(int step) {
    Random random = new Random(step);
    float[] gradient = new float[4];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) random.nextGaussian();
    }
    return gradient;
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void aStateGoesOnToTheSameBits(UpdateRule rule) {
    float[] w = {1, 2, 3, 4};
    Update whole = rule.start(LAYOUT);
    for (int step = 0; step < 3; step++) {
      whole.step(w, gradient(step), 1);
    }
    UpdateState state = whole.state();
    float[] resumed = w.clone();
    Update second = rule.start(LAYOUT);
    second.restore(state);
    for (int step = 3; step < 6; step++) {
      whole.step(w, gradient(step), 0.5);
      second.step(resumed, gradient(step), 0.5);
    }
    assertThat(resumed).isEqualTo(w);
    assertThat(second.steps()).isEqualTo(6);
    assertThat(second.state()).usingRecursiveComparison().isEqualTo(whole.state());
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void decayIsForFiltersAlone(UpdateRule rule) {
    float[] w = {1, 2, 3, 4};
    rule.start(LAYOUT).step(w, new float[4], 1);
    assertThat(w[0]).isLessThan(1);
    assertThat(w[1]).isLessThan(2);
    assertThat(w[2]).isEqualTo(3);
    assertThat(w[3]).isEqualTo(4);
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void jsonGivesTheSameRule(UpdateRule rule) throws Exception {
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(rule);
    assertThat(json.readValue(text, UpdateRule.class)).isEqualTo(rule);
  }

  /** Whatever a gradient's size, Adam's first step has the rate's (section 2.1). */
  @Test
  void adamStartsWithStepsOfTheRate() {
    float[] w = new float[4];
    new AdamRule(0.01, 0.9, 0.999, 1e-12, 0)
        .start(LAYOUT)
        .step(w, new float[] {1e-6f, -3, 7000, 0}, 1);
    assertThat(w[0]).isCloseTo(-0.01f, within(1e-6f));
    assertThat(w[1]).isCloseTo(0.01f, within(1e-6f));
    assertThat(w[2]).isCloseTo(-0.01f, within(1e-6f));
    assertThat(w[3]).isZero();
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThatThrownBy(() -> new AdamRule(0, 0.9, 0.999, 1e-8, 0))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("Adam: rate");
    assertThatThrownBy(() -> new AdamRule(0.1, 1, 0.999, 1e-8, 0))
        .hasMessageContaining("beta1: expected from 0 and below 1, got 1.0");
    assertThatThrownBy(() -> new MomentumRule(0.1, Double.NaN, 0)).hasMessageContaining("momentum");
    assertThatThrownBy(() -> new MomentumRule(0.1, 0, -1)).hasMessageContaining("weight decay");
    Update update = RULES[0].start(LAYOUT);
    assertThatThrownBy(() -> update.step(new float[4], new float[3], 1))
        .hasMessageContaining("gradient: numbers: expected 4, got 3");
    assertThatThrownBy(() -> update.restore(RULES[1].start(LAYOUT).state()))
        .hasMessageContaining("memories: expected 2, got 1");
  }
}
