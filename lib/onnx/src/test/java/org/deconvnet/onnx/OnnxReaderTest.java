package org.deconvnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.InputScaling;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an ONNX file is read, and what is said of one that cannot be. */
class OnnxReaderTest {
  private static final String NAME = "somewhere/net.onnx";

  private static CnnNetwork read(ModelProto.Builder model) {
    return read(model.build().toByteArray(), CnnOptions.DEFAULTS);
  }

  private static CnnNetwork read(byte[] content, CnnOptions options) {
    byte[] whole = new OnnxReader().whole(NAME, content, beside -> new byte[0]);
    return CnnNetwork.read(NAME, whole, options);
  }

  private static void assertRefused(byte[] content, String... saying) {
    assertThatThrownBy(() -> read(content, CnnOptions.DEFAULTS))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining(NAME)
        .hasMessageContainingAll(saying);
  }

  private static void assertRefused(ModelProto.Builder model, String... saying) {
    assertRefused(model.build().toByteArray(), saying);
  }

  @Test
  void aNetworkTellsItsImagesAndItsLayers() {
    CnnNetwork network = read(TinyNetworks.convolution());
    assertThat(network.imageShape()).isEqualTo(new Shape(1, 20, 24));
    assertThat(network.depth()).isEqualTo(1);
    assertThat(network.name(1)).isEqualTo("layer 1, rectifier");
    assertThat(network.shape(1)).isEqualTo(new Shape(2, 18, 22));
    assertThat(network.resize()).isEqualTo(23);
    assertThat(network.fingerprint()).hasSize(64);
  }

  @Test
  void nonsenseIsNoNetwork() {
    byte[] noise = new byte[1000];
    new Random(3).nextBytes(noise);
    assertRefused(noise, "expected an ONNX file");
    assertRefused(new byte[0], "expected an ONNX file with a graph, got 0 bytes");
    byte[] whole = TinyNetworks.convolution().build().toByteArray();
    assertRefused(Arrays.copyOf(whole, whole.length / 2), "expected an ONNX file");
  }

  @Test
  void anOldOperatorSetIsNamed() {
    ModelProto.Builder old = TinyNetworks.convolution();
    old.setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(8));
    assertRefused(old, "expected ONNX' operator set 9 or newer, got 8");
  }

  @Test
  void anInputThatIsNoImageIsNamed() {
    ModelProto.Builder model = TinyNetworks.convolution();
    model.getGraphBuilder().setInput(0, TinyNetworks.input(TensorProto.DataType.FLOAT, 0, 20));
    assertRefused(model, "channels, rows and columns, got 2 axes");
    model
        .getGraphBuilder()
        .setInput(0, TinyNetworks.input(TensorProto.DataType.FLOAT16, 0, 1, 20, 24));
    assertRefused(model, "32-bit floating-point numbers, got FLOAT16");
    model
        .getGraphBuilder()
        .setInput(0, TinyNetworks.input(TensorProto.DataType.FLOAT, 0, 4, 20, 24));
    assertRefused(model, "1 channel or 3, got 4");
    model
        .getGraphBuilder()
        .setInput(0, TinyNetworks.input(TensorProto.DataType.FLOAT, 8, 1, 20, 24));
    assertRefused(model, "any number of images at a time, or 1, got 8");
    model.getGraphBuilder().clearInput();
    assertRefused(model, "expected one input, got []");
  }

  @Test
  void whatRunsNowhereIsSaidInTheRuntimesWords() {
    ModelProto.Builder unknown = TinyNetworks.convolution();
    unknown
        .getGraphBuilder()
        .addNode(TinyNetworks.node("odd", "NoSuchThing", List.of("rectified"), "made"));
    assertRefused(unknown, "ONNX Runtime", "NoSuchThing");
    ModelProto.Builder lost = TinyNetworks.convolution();
    lost.getGraphBuilder().getNodeBuilder(1).setInput(0, "nowhere");
    assertRefused(lost, "ONNX Runtime", "nowhere");
  }

  @Test
  void tensorsThatAreTooShortOrTooLargeAreNamed() {
    ModelProto.Builder model = TinyNetworks.convolution();
    model
        .getGraphBuilder()
        .setInitializer(0, TinyNetworks.filters().clearFloatData().addFloatData(1));
    assertThatThrownBy(() -> read(model))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("ONNX Runtime");
    assertThatThrownBy(() -> Tensors.constant(TinyNetworks.filters().clearFloatData().build()))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("tensor filters: expected 18 numbers, got 0 numbers");
    assertThatThrownBy(
            () ->
                Tensors.constant(
                    TinyNetworks.filters()
                        .clearDims()
                        .addAllDims(List.of(1L << 30, 1L << 30, 1L << 30))
                        .build()))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("sizes that one array can hold");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../secret", "a/../../secret", "..", "", "file:/x", "a\\..\\b"})
  void aNetworkReadsNothingThatDoesNotLieBesideIt(String location) {
    assertRefused(external(location, 0, 72), "expected its numbers in a file beside the network");
  }

  @Test
  void noNodeReadsAFileOfItsOwn() {
    ModelProto.Builder model = TinyNetworks.convolution();
    model
        .getGraphBuilder()
        .addNode(
            0,
            TinyNetworks.node("own", "Constant", List.of(), "numbers")
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(
                            TinyNetworks.filters()
                                .clearFloatData()
                                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                .addExternalData(entry("location", "secret.bin")))));
    assertRefused(model, "node own: expected its own numbers within the file");
  }

  @Test
  void aNodeWithoutAnOutputIsNamed() {
    ModelProto.Builder model = TinyNetworks.convolution();
    model.getGraphBuilder().getNodeBuilder(1).clearOutput();
    assertThatThrownBy(() -> read(model))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("node rectifier (Relu): expected an output, got none");
  }

  @Test
  void anImageTooLargeForATrialIsNamed() {
    ModelProto.Builder model = TinyNetworks.convolution();
    model
        .getGraphBuilder()
        .setInput(0, TinyNetworks.input(TensorProto.DataType.FLOAT, 0, 1, 16384, 16384));
    assertRefused(model, "an input of at most 16777216 pixels, got 16384 x 16384");
  }

  /** A network that mixes images is run on one at a time. */
  @Test
  void imagesThatANetworkWouldMixAreRunOneByOne() {
    ModelProto.Builder model = TinyNetworks.convolution();
    model
        .getGraphBuilder()
        .addInitializer(
            TensorProto.newBuilder()
                .setName("size")
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(2)
                .addInt64Data(1)
                .addInt64Data(-1))
        .addNode(TinyNetworks.node("flat", "Reshape", List.of("rectified", "size"), "vector"));
    CnnNetwork network =
        read(model.build().toByteArray(), CnnOptions.DEFAULTS.withLayers(List.of("vector")));
    FeatureMaps one = FeatureMaps.zeros(network.imageShape());
    one.set(0, 5, 5, 1);
    var both = network.forward().run(List.of(one, FeatureMaps.zeros(network.imageShape())));
    assertThat(both).hasSize(2);
    assertThat(both.get(0).values().get("vector").shape()).isEqualTo(new Shape(792, 1, 1));
    assertThat(both.get(0).values().get("vector").nonZeros()).isPositive();
    assertThat(both.get(1).values().get("vector").nonZeros()).isZero();
  }

  @Test
  void numbersInAFileBesideTheNetworkAreReadFromThere() {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 72).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putDouble(0);
    TinyNetworks.filters().getFloatDataList().forEach(bytes::putFloat);
    byte[] whole =
        new OnnxReader()
            .whole(
                NAME,
                external("weights/net.bin", 8, 72).build().toByteArray(),
                beside -> {
                  assertThat(beside).isEqualTo("weights/net.bin");
                  return bytes.array();
                });
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, 20, 24));
    image.set(0, 10, 10, 1);
    float[] expected = values(read(TinyNetworks.convolution()), image);
    assertThat(values(CnnNetwork.read(NAME, whole, CnnOptions.DEFAULTS), image))
        .isEqualTo(expected);
    assertThat(expected).contains(0f);
  }

  private static float[] values(CnnNetwork network, FeatureMaps image) {
    return network.forward().run(List.of(image)).get(0).values().get("rectified").data();
  }

  @Test
  void aFileBesideTheNetworkThatIsTooShortIsNamed() {
    assertRefused(
        external("net.bin", 8, 72), "expected 72 bytes from byte 8 of net.bin, which has 0");
    assertRefused(external("net.bin", -8, 4), "net.bin");
  }

  private static ModelProto.Builder external(String location, long offset, long length) {
    ModelProto.Builder model = TinyNetworks.convolution();
    model
        .getGraphBuilder()
        .setInitializer(
            0,
            TinyNetworks.filters()
                .clearFloatData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", Long.toString(offset)))
                .addExternalData(entry("length", Long.toString(length))));
    return model;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  @Test
  void aCropThatIsNotTheInputsSizeIsNamed() {
    byte[] content = TinyNetworks.convolution().build().toByteArray();
    assertThatThrownBy(() -> read(content, options(0, 24, List.of())))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected network.crop to be the size of its input, 20 x 24, got 24");
    ModelProto.Builder open = TinyNetworks.convolution();
    open.getGraphBuilder().setInput(0, TinyNetworks.input(TensorProto.DataType.FLOAT, 0, 1, 0, 0));
    CnnNetwork network = read(open.build().toByteArray(), options(30, 28, List.of()));
    assertThat(network.imageShape()).isEqualTo(new Shape(1, 28, 28));
    assertThat(network.resize()).isEqualTo(30);
  }

  @Test
  void scalingsThatDoNotFitTheChannelsAreNamed() {
    byte[] content = TinyNetworks.convolution().build().toByteArray();
    assertThatThrownBy(() -> read(content, options(0, 0, List.of(1.0, 2.0, 3.0))))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("network.mean: expected 1 number or 1")
        .hasMessageContaining("got 3");
  }

  private static CnnOptions options(int resize, int crop, List<Double> mean) {
    return new CnnOptions(
        resize, crop, mean, List.of(), InputScaling.ChannelOrder.RGB, 1, List.of());
  }

  @Test
  void layersAreFoundByNodeByTensorAndByAPart() {
    byte[] content = TinyNetworks.convolution().build().toByteArray();
    for (String name : List.of("rectifier", "rectified", "convolved", "conv", "1")) {
      assertThat(read(content, CnnOptions.DEFAULTS.withLayers(List.of(name))).depth()).isOne();
    }
    assertThatThrownBy(() -> read(content, CnnOptions.DEFAULTS.withLayers(List.of("layer9"))))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("layer layer9")
        .hasMessageContaining("there are: conv, rectifier");
    assertThatThrownBy(
            () -> read(content, CnnOptions.DEFAULTS.withLayers(List.of("rectifier", "rectified"))))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected each once");
  }
}
