package org.deconvnet.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.GradientNetwork;
import org.deconvnet.network.gradient.plan.Input;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Role;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class LabellingPlanTest {
  private static final Shape IMAGE = new Shape(3, 13, 18);

  private static HeadOptions layers(boolean place, int hidden, boolean skips) {
    return new HeadOptions(List.of(1, 3), List.of(2, 6), false, place, List.of(), 1, hidden, skips);
  }

  private static HeadOptions encoder(Integer... widths) {
    return new HeadOptions(List.of(), List.of(), false, true, List.of(widths), 2, 0, true);
  }

  private static NetworkPlan plan(HeadOptions head, Integer... maps) {
    return LabellingPlan.of(head, IMAGE, List.of(maps), 4);
  }

  @Test
  void everyKindScoresEveryPixelWhateverTheStrides() {
    Shape scores = new Shape(4, 13, 18);
    assertThat(plan(layers(true, 0, true), 5, 7).output()).isEqualTo(scores);
    assertThat(plan(layers(false, 6, true), 5, 7).output()).isEqualTo(scores);
    assertThat(plan(layers(true, 0, false), 7).output()).isEqualTo(scores);
    assertThat(plan(encoder(4, 5, 6)).output()).isEqualTo(scores);
    assertThat(plan(encoder()).output()).isEqualTo(scores);
  }

  @Test
  void inputsAreTheLayersOnTheirGridsAndThePixels() {
    assertThat(plan(layers(true, 0, true), 5, 7).inputs())
        .containsExactly(
            new Input("pixels", new Shape(5, 13, 18)),
            new Input("layer1", new Shape(5, 7, 9)),
            new Input("layer3", new Shape(7, 3, 3)));
    assertThat(plan(layers(true, 0, false), 7).inputs())
        .containsExactly(new Input("layer3", new Shape(7, 3, 3)));
  }

  @Test
  void withoutLayersItIsARegressionOfEachPixel() {
    assertThat(plan(encoder()).parameters().size()).isEqualTo(4 * 5 + 4);
  }

  /** Coarse scores that are the same everywhere stay so, but for the edges. */
  @Test
  void scoresGoUpByInterpolation() {
    NetworkPlan plan = plan(layers(false, 0, false), 7);
    GradientNetwork network =
        new GradientNetwork(plan, ConvolutionEngines.create("scalar").kernels(), 1);
    float[] parameters = plan.startParameters(1);
    plan.parameters().parts().stream()
        .filter(part -> part.slot().role() == Role.BIAS)
        .forEach(part -> parameters[part.offset() + 2] = 0.5f);
    network.setParameters(parameters);
    network.infer();
    int middle = 2 * 13 * 18 + 6 * 18 + 8;
    assertThat(network.output().data()[middle]).isCloseTo(0.5f, within(1e-6f));
    assertThat(network.output().data()[8]).isZero();
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(() -> plan(encoder(2, 2, 2, 2)))
        .hasMessageContaining("expected images of at least 16 x 16 pixels")
        .hasMessageContaining("got 13 x 18");
    assertThatThrownBy(
            () -> new HeadOptions(List.of(1), List.of(2), false, true, List.of(4), 1, 0, true))
        .hasMessageContaining("got both, [1] and [4]");
    assertThatThrownBy(
            () -> new HeadOptions(List.of(1, 2), List.of(2, 3), false, true, List.of(), 1, 0, true))
        .hasMessageContaining("expected each to be a multiple of the one before, got [2, 3]");
    assertThatThrownBy(
            () -> new HeadOptions(List.of(2, 1), List.of(2, 4), false, true, List.of(), 1, 0, true))
        .hasMessage("head: layers: expected at least 3, got 1");
    assertThatThrownBy(
            () -> new HeadOptions(List.of(2), List.of(), false, true, List.of(), 1, 0, true))
        .hasMessage("head: strides: expected one for each of the layers, 1, got 0");
  }

  @Test
  void theRateFallsToZero() {
    assertThat(LearningOptions.factor(0, 10)).isEqualTo(1);
    assertThat(LearningOptions.factor(5, 10)).isCloseTo(Math.pow(0.5, 0.9), within(1e-15));
    assertThatThrownBy(() -> new LearningOptions(1, 0.1, 0, 2, 4, 2))
        .hasMessage("learning: balance: expected from 0 to 1, got 2.0");
  }
}
