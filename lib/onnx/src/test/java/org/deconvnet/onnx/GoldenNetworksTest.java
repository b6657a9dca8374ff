package org.deconvnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.ForwardRecord;
import org.deconvnet.network.cnn.InputScaling;
import org.deconvnet.network.cnn.RectifierRule;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.operator.Switches;
import org.deconvnet.store.NpyArray;
import org.deconvnet.store.StateArchive;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PyTorch finds in five small networks; golden/README.md says how it was made. */
class GoldenNetworksTest {
  private static final double TOLERANCE = 1e-4;

  /** A network, what is known of it, and an image. */
  private record Golden(byte[] file, JsonNode facts, StateArchive arrays) {
    static Golden of(String name) throws IOException {
      return new Golden(
          resource(name + ".onnx"),
          new ObjectMapper().readTree(resource(name + ".json")),
          StateArchive.of(resource(name + ".npz"), name));
    }

    private static byte[] resource(String name) throws IOException {
      try (InputStream in = GoldenNetworksTest.class.getResourceAsStream("/golden/" + name)) {
        return in.readAllBytes();
      }
    }

    float[] numbers(String file) throws IOException {
      return NpyArray.read(arrays.open(file), file).data();
    }

    FeatureMaps image() throws IOException {
      JsonNode shape = facts.path("input").path("shape");
      return FeatureMaps.of(
          new Shape(shape.get(1).asInt(), shape.get(2).asInt(), shape.get(3).asInt()),
          numbers(facts.path("input").path("values").asText()));
    }

    List<JsonNode> layers() {
      List<JsonNode> all = new ArrayList<>();
      facts.path("layers").forEach(all::add);
      return all;
    }

    List<JsonNode> projected() {
      return layers().stream().filter(layer -> layer.has("projections")).toList();
    }

    /** The image is as the network wants it. */
    CnnNetwork network(List<String> layers) {
      return CnnNetwork.read(
          "golden.onnx",
          file,
          new CnnOptions(
              0, 0, List.of(0.0), List.of(1.0), InputScaling.ChannelOrder.RGB, 1, layers));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "overlapping", "residual", "concatenated", "sigmoid"})
  void everyTensorIsPyTorchs(String name) throws IOException {
    Golden golden = Golden.of(name);
    List<String> tensors = golden.layers().stream().map(l -> l.path("tensor").asText()).toList();
    ForwardRecord record =
        golden.network(List.of()).forward(tensors).run(List.of(golden.image())).get(0);
    for (JsonNode layer : golden.layers()) {
      float[] expected = golden.numbers(layer.path("activations").asText());
      String tensor = layer.path("tensor").asText();
      assertAlike(name + " " + tensor, expected, record.values().get(tensor).data());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "overlapping", "residual", "concatenated", "sigmoid"})
  void imagesOfABatchAreAsEachAlone(String name) throws IOException {
    Golden golden = Golden.of(name);
    FeatureMaps image = golden.image();
    FeatureMaps other = image.copy();
    for (int i = 0; i < other.data().length; i++) {
      other.data()[i] = image.data()[other.data().length - 1 - i];
    }
    CnnNetwork network = golden.network(List.of());
    List<ForwardRecord> both = network.forward().run(List.of(other, image));
    ForwardRecord alone = network.forward().run(List.of(image)).get(0);
    for (String tensor : network.tensors()) {
      assertAlike(
          tensor, alone.values().get(tensor).data(), both.get(1).values().get(tensor).data());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "overlapping", "residual", "concatenated", "sigmoid"})
  void switchesArePyTorchs(String name) throws IOException {
    Golden golden = Golden.of(name);
    List<JsonNode> pools = golden.layers().stream().filter(l -> l.has("switches")).toList();
    List<String> tensors = pools.stream().map(l -> l.path("tensor").asText()).toList();
    OnnxModel model = (OnnxModel) new OnnxReader().open(name, golden.file, CnnOptions.DEFAULTS);
    ForwardRecord record = model.forward(List.of(), tensors).run(List.of(golden.image())).get(0);
    for (JsonNode pool : pools) {
      Switches switches = record.switches().get(pool.path("tensor").asText());
      float[] expected = golden.numbers(pool.path("switches").asText());
      assertThat(switches.index()).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat(switches.index()[i] % switches.unpooled().plane()).isEqualTo((int) expected[i]);
        assertThat(switches.index()[i] / switches.unpooled().plane())
            .isEqualTo(i / switches.pooled().plane());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plain, DECONVNET", "plain, GRADIENT", "plain, GUIDED",
    "overlapping, DECONVNET", "overlapping, GRADIENT", "overlapping, GUIDED",
    "residual, DECONVNET", "residual, GRADIENT", "residual, GUIDED",
    "concatenated, DECONVNET", "concatenated, GRADIENT", "concatenated, GUIDED",
    "sigmoid, DECONVNET", "sigmoid, GRADIENT", "sigmoid, GUIDED"
  })
  void oneActivationOfEachLayerGoesDownAsInPyTorch(String name, RectifierRule rule)
      throws IOException {
    Golden golden = Golden.of(name);
    List<String> tensors =
        golden.projected().stream().map(layer -> layer.path("tensor").asText()).toList();
    CnnNetwork network = golden.network(tensors).withRule(rule).withinReach();
    assertThat(network.depth()).isEqualTo(tensors.size()).isPositive();
    for (String engine : List.of("scalar", "auto")) {
      LayerActivations activations = network.activations(ConvolutionEngines.create(engine));
      activations.infer(golden.image());
      for (JsonNode layer : golden.projected()) {
        String tensor = layer.path("tensor").asText();
        int number = network.tensors().indexOf(tensor) + 1;
        Activation one =
            new Activation(layer.path("index").asInt(), (float) layer.path("value").asDouble());
        float[] projected = activations.inPixels(number, one).whole().data();
        String file = layer.path("projections").path(rule.word()).asText();
        assertAlike(name + " " + tensor + " " + rule, golden.numbers(file), projected);
        assertNothingOutside(activations.field(number, one), golden.image().shape(), projected);
      }
    }
  }

  /** Numbers outside an activation's receptive field. */
  private static void assertNothingOutside(ReceptiveField field, Shape shape, float[] projected) {
    for (int i = 0; i < projected.length; i++) {
      int row = i % shape.plane() / shape.width();
      int column = i % shape.width();
      boolean inside =
          row >= field.top()
              && row < field.top() + field.height()
              && column >= field.left()
              && column < field.left() + field.width();
      if (!inside) {
        assertThat(projected[i]).as("row %d, column %d of %s", row, column, field).isZero();
      }
    }
  }

  @Test
  void anOperatorWithoutAWayIsNamedAndLayersBelowItStay() throws IOException {
    Golden golden = Golden.of("sigmoid");
    List<String> beyond =
        golden.layers().stream()
            .filter(layer -> !layer.has("projections"))
            .map(layer -> layer.path("tensor").asText())
            .toList();
    assertThat(beyond).isNotEmpty();
    assertThatThrownBy(() -> golden.network(List.of(beyond.get(beyond.size() - 1))).withinReach())
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("Sigmoid")
        .hasMessageContaining("no way is known down through this operator");
    assertThat(golden.network(List.of()).withinReach().depth()).isPositive();
  }

  private static void assertAlike(String what, float[] expected, float[] got) {
    assertThat(got).as(what).hasSameSizeAs(expected);
    float largest = 0;
    for (float number : expected) {
      largest = Math.max(largest, Math.abs(number));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(got[i])
          .as("%s, number %d", what, i)
          .isCloseTo(expected[i], within((float) (TOLERANCE * Math.max(largest, 1e-6))));
    }
  }
}
