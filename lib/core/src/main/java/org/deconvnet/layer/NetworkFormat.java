package org.deconvnet.layer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deconvnet.pool.PoolSize;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * How a network is stored: {@code network.json} (format version, each layer's settings,
 * fingerprint, provenance) and {@code layer1.npy}, {@code layer2.npy}, …: filters (map, channel,
 * row, column) as float32. Any language can read it. Thread-safe.
 */
public final class NetworkFormat {
  public static final int VERSION = 1;
  private static final String METADATA = "network.json";
  private static final int MOST_NUMBERS = 1 << 28;
  private static final ObjectMapper JSON = new ObjectMapper();

  private NetworkFormat() {}

  /** Writes the arrays first and the metadata last, so that a broken write never looks whole. */
  public static void write(Network network, Map<String, String> provenance, ModelFiles files)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", VERSION);
    root.put("fingerprint", network.fingerprint());
    ArrayNode layers = root.putArray("layers");
    for (int number = 1; number <= network.depth(); number++) {
      FilterBank f = network.layer(number).filters();
      try (OutputStream out = files.create(file(number))) {
        NpyFormat.write(out, f.data(), f.maps(), f.channels(), f.side(), f.side());
      }
      layers.add(describe(network.layer(number)));
    }
    provenance.forEach(root.putObject("provenance")::put);
    try (OutputStream out = files.create(METADATA)) {
      out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }
  }

  private static String file(int number) {
    return "layer" + number + ".npy";
  }

  private static ObjectNode describe(Layer layer) {
    ObjectNode node = JSON.createObjectNode();
    node.put("maps", layer.filters().maps());
    node.put("channels", layer.filters().channels());
    node.put("filterSide", layer.filters().side());
    node.put("poolRows", layer.pool().rows());
    node.put("poolColumns", layer.pool().columns());
    node.put("poolMaps", layer.pool().maps());
    node.put("lambda", layer.lambda());
    node.put("iterations", layer.iterations());
    node.put("step", layer.step());
    return node;
  }

  /**
   * Reads a network.
   *
   * @throws IOException if files are missing, damaged, of another version or not what the
   *     fingerprint says; the message names the place and the remedy
   */
  public static Network read(ModelFiles files) throws IOException {
    JsonNode root = metadata(files);
    int version = root.path("formatVersion").asInt(-1);
    if (version != VERSION) {
      throw new IOException(
          "%s: expected model format %d, got %s; use the release that wrote it, or train again"
              .formatted(files.location(), VERSION, version < 0 ? "none" : version));
    }
    List<Layer> layers = new ArrayList<>();
    for (JsonNode node : root.path("layers")) {
      layers.add(layer(files, node, layers.size() + 1));
    }
    Network network = network(files, layers);
    String expected = root.path("fingerprint").asText();
    if (!network.fingerprint().equals(expected)) {
      throw new IOException(
          "%s: expected fingerprint %s, got %s: the model is damaged, copy or train it again"
              .formatted(files.location(), expected, network.fingerprint()));
    }
    return network;
  }

  private static Network network(ModelFiles files, List<Layer> layers) throws IOException {
    try {
      return new Network(layers);
    } catch (IllegalArgumentException e) {
      throw new IOException(files.location() + ": layers do not fit: " + e.getMessage(), e);
    }
  }

  private static JsonNode metadata(ModelFiles files) throws IOException {
    try (InputStream in = files.open(METADATA)) {
      return JSON.readTree(in);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected JSON in %s, got something else: %s"
              .formatted(files.location(), METADATA, e.getOriginalMessage()),
          e);
    }
  }

  private static Layer layer(ModelFiles files, JsonNode node, int number) throws IOException {
    String what = files.location() + "/" + file(number);
    try (InputStream in = files.open(file(number))) {
      int maps = number(node, "maps", what);
      int channels = number(node, "channels", what);
      int side = number(node, "filterSide", what);
      if ((double) maps * channels * side * side > MOST_NUMBERS) {
        throw new IOException(what + ": the metadata asks for too many numbers; it is damaged");
      }
      float[] data = NpyFormat.read(in, what, maps, channels, side, side);
      return new Layer(
          FilterBank.of(Connectivity.full(maps, channels), side, data),
          new PoolSize(
              number(node, "poolRows", what),
              number(node, "poolColumns", what),
              number(node, "poolMaps", what)),
          node.path("lambda").asDouble(),
          number(node, "iterations", what),
          node.path("step").asDouble());
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }

  private static int number(JsonNode node, String key, String what) throws IOException {
    int value = node.path(key).asInt(-1);
    if (value < 1) {
      throw new IOException(
          "%s: expected a positive %s in the metadata, got %s"
              .formatted(what, key, node.path(key)));
    }
    return value;
  }
}
