package org.deconvnet.network.gradient.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.operator.cnn.PoolWindows;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
  private static final Shape IMAGE = new Shape(3, 8, 8);
  private static final Geometry HALF = Geometry.square(AxisGeometry.of(4, 2, 1));
  private static final Start SMALL = new Start.Gaussian(0, 0.02);

  private static Node convolve(String name, String from) {
    return new Node(name, new Convolve(5, HALF, true, SMALL), List.of(from));
  }

  private static NetworkPlan example() {
    PoolWindows two = PoolWindows.square(AxisGeometry.of(2, 2, 0));
    return new NetworkPlan(
        IMAGE,
        List.of(
            convolve("conv", "input"),
            new Node("norm", NormalizeGroup.standard(), List.of("conv")),
            new Node("relu", new Rectify(0.2), List.of("norm")),
            new Node("pool", new PoolMaximum(two), List.of("relu")),
            new Node(
                "up",
                new ConvolveTransposed(5, HALF, 0, 0, false, new Start.Bilinear()),
                List.of("pool")),
            new Node("fit", new Fit(), List.of("up", "relu")),
            new Node("sum", new Add(), List.of("fit", "relu")),
            new Node("tanh", new Squash(), List.of("sum"))));
  }

  @Test
  void partsLieOneAfterAnother() {
    Layout layout = example().parameters();
    assertThat(layout.parts().stream().map(Part::name))
        .containsExactly("conv.filters", "conv.bias", "norm.gain", "norm.shift", "up.filters");
    assertThat(layout.parts().stream().map(Part::offset)).containsExactly(0, 240, 245, 250, 255);
    assertThat(layout.size()).isEqualTo(255 + 5 * 5 * 16);
    assertThat(layout.at(244).name()).isEqualTo("conv.bias");
    assertThat(layout.at(245).name()).isEqualTo("norm.gain");
    assertThat(example().statistics().parts().stream().map(Part::name))
        .containsExactly("norm.mean", "norm.variance");
    assertThat(example().output()).isEqualTo(new Shape(5, 4, 4));
  }

  @Test
  void startsAreWhatTheyAreCalled() {
    NetworkPlan plan = example();
    float[] start = plan.startParameters(1);
    assertThat(start).isEqualTo(plan.startParameters(1)).isNotEqualTo(plan.startParameters(2));
    double squares = 0;
    for (int i = 0; i < 240; i++) {
      squares += start[i] * start[i];
    }
    assertThat(Math.sqrt(squares / 240)).isCloseTo(0.02, within(0.003));
    assertThat(start[240]).isZero();
    assertThat(start[245]).isCloseTo(1, within(0.1f));
    assertThat(plan.startStatistics()).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
  }

  /** The 4 × 4 filter that doubles an image, as Long et al. have it. */
  @Test
  void theBilinearStartInterpolates() {
    float[] filters = new float[2 * 2 * 16];
    new Start.Bilinear().fill(filters, List.of(2, 2, 4, 4), new Random(1));
    float[] axis = {0.25f, 0.75f, 0.75f, 0.25f};
    for (int i = 0; i < 16; i++) {
      float expected = axis[i / 4] * axis[i % 4];
      assertThat(filters[i]).isEqualTo(expected);
      assertThat(filters[16 + i]).isZero();
      assertThat(filters[48 + i]).isEqualTo(expected);
    }
    float[] odd = new float[9];
    new Start.Bilinear().fill(odd, List.of(1, 1, 3, 3), new Random(1));
    assertThat(odd).containsExactly(0.25f, 0.5f, 0.25f, 0.5f, 1, 0.5f, 0.25f, 0.5f, 0.25f);
    assertThatThrownBy(() -> new Start.Bilinear().fill(odd, List.of(9, 1, 1, 1), new Random(1)))
        .hasMessageContaining("as many maps as channels, got the shape [9, 1, 1, 1]");
  }

  @Test
  void jsonGivesTheSamePlan() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(example());
    assertThat(json.readValue(text, NetworkPlan.class)).isEqualTo(example());
    assertThat(text).contains("\"kind\":\"normalizeGroup\"", "\"kind\":\"bilinear\"");
  }

  /** Executors get plans so. */
  @Test
  void javaSerialisationGivesTheSamePlan() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(example());
    }
    ByteArrayInputStream back = new ByteArrayInputStream(bytes.toByteArray());
    try (ObjectInputStream in = new ObjectInputStream(back)) {
      assertThat(in.readObject()).isEqualTo(example());
    }
  }

  @Test
  void theFingerprintIsOfPlanAndNumbers() {
    NetworkPlan plan = example();
    float[] w = plan.startParameters(1);
    float[] statistics = plan.startStatistics();
    String print = plan.fingerprint(w, statistics);
    assertThat(print).hasSize(64).isEqualTo(example().fingerprint(w.clone(), statistics));
    w[3] = Math.nextUp(w[3]);
    assertThat(plan.fingerprint(w, statistics)).isNotEqualTo(print);
    w[3] = Math.nextDown(w[3]);
    statistics[0] = 1;
    assertThat(plan.fingerprint(w, statistics)).isNotEqualTo(print);
    NetworkPlan leaky = NetworkPlan.chain(IMAGE, Map.of("a", new Rectify(0.1)));
    NetworkPlan other = NetworkPlan.chain(IMAGE, Map.of("a", new Rectify(0.2)));
    float[] none = new float[0];
    assertThat(leaky.fingerprint(none, none)).isNotEqualTo(other.fingerprint(none, none));
  }

  /** As scores of several layers of another network need it. */
  @Test
  void aNetworkMayHaveSeveralInputs() throws Exception {
    List<Input> inputs = List.of(new Input("fine", IMAGE), new Input("coarse", new Shape(5, 2, 2)));
    Node up =
        new Node("up", new ConvolveTransposed(3, HALF, 0, 0, false, SMALL), List.of("coarse"));
    Node fit = new Node("fit", new Fit(), List.of("up", "fine"));
    Node sum = new Node("sum", new Add(), List.of("fit", "fine"));
    NetworkPlan plan = new NetworkPlan(inputs, List.of(up, fit, sum));
    assertThat(plan.output()).isEqualTo(IMAGE);
    assertThatThrownBy(plan::input).hasMessageContaining("expected 1 input");
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readValue(json.writeValueAsString(plan), NetworkPlan.class)).isEqualTo(plan);
    assertThatThrownBy(() -> new NetworkPlan(inputs, List.of(up)))
        .hasMessageContaining("got 'fine', which leads nowhere");
    assertThatThrownBy(() -> new Input("a.b", IMAGE)).hasMessageContaining("without dots");
  }

  @Test
  void mistakesAreNamed() {
    refused("at least 1 input and 1 layer, got 1 and 0");
    refused("'conv' twice", convolve("conv", "input"), convolve("conv", "conv"));
    refused("expected an input among [input], got 'nowhere'", convolve("conv", "nowhere"));
    refused("got 'a', which leads nowhere", convolve("a", "input"), convolve("b", "input"));
    refused(
        "layer 'c': input of 1 positions, 3 with padding",
        convolve("a", "input"),
        convolve("b", "a"),
        new Node("p", new Convolve(5, HALF, false, SMALL), List.of("b")),
        convolve("c", "p"));
    refused(
        "layer 'sum': sum of branches: expected one shape, got [5x4x4, 3x8x8]",
        convolve("a", "input"),
        new Node("sum", new Add(), List.of("a", "input")));
    assertThatThrownBy(() -> new Node("a.b", new Squash(), List.of("input")))
        .hasMessageContaining("without dots");
    assertThatThrownBy(() -> new Node("sum", new Add(), List.of("input")))
        .hasMessageContaining("layer 'sum': expected at least 2 inputs, got 1");
    Geometry groups = new Geometry(AxisGeometry.of(1), AxisGeometry.of(1), 3);
    assertThatThrownBy(() -> new Convolve(3, groups, true, SMALL))
        .hasMessageContaining("groups of channels: expected from 1 to 1, got 3");
    assertThatThrownBy(() -> new ConvolveTransposed(3, HALF, 2, 0, true, SMALL))
        .hasMessageContaining("output padding down: expected from 0 to 1, got 2");
    assertThatThrownBy(() -> new NormalizeGroup(1e-5, 0, SMALL)).hasMessageContaining("momentum");
    assertThatThrownBy(() -> new Rectify(-1)).hasMessageContaining("slope");
  }

  private static void refused(String message, Node... nodes) {
    assertThatThrownBy(() -> new NetworkPlan(IMAGE, List.of(nodes)))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining(message);
  }
}
