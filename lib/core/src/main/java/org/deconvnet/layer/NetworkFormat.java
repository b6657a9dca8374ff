package org.deconvnet.layer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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

  private NetworkFormat() {}

  private static StoredModel stored(ModelFiles files) {
    return new StoredModel(files, "network.json", VERSION);
  }

  /** Writes the arrays first and the metadata last, so that a broken write never looks whole. */
  public static void write(Network network, Map<String, String> provenance, ModelFiles files)
      throws IOException {
    StoredModel stored = stored(files);
    ObjectNode root = stored.describe(network);
    for (Layer layer : network.layers()) {
      ObjectNode node = stored.addLayer(root, layer.filters());
      node.put("poolRows", layer.pool().rows());
      node.put("poolColumns", layer.pool().columns());
      node.put("poolMaps", layer.pool().maps());
      node.put("lambda", layer.lambda());
      node.put("iterations", layer.iterations());
      node.put("step", layer.step());
    }
    stored.finish(root, provenance);
  }

  /**
   * Reads a network.
   *
   * @throws IOException if files are missing, damaged, of another version or not what the
   *     fingerprint says; the message names the place and the remedy
   */
  public static Network read(ModelFiles files) throws IOException {
    StoredModel stored = stored(files);
    JsonNode root = stored.read();
    List<Layer> layers = new ArrayList<>();
    for (JsonNode node : root.path("layers")) {
      layers.add(layer(stored, node, layers.size() + 1));
    }
    Network network = network(files, layers);
    stored.requireFingerprint(root, network);
    return network;
  }

  private static Network network(ModelFiles files, List<Layer> layers) throws IOException {
    try {
      return new Network(layers);
    } catch (IllegalArgumentException e) {
      throw new IOException(files.location() + ": layers do not fit: " + e.getMessage(), e);
    }
  }

  private static Layer layer(StoredModel stored, JsonNode node, int number) throws IOException {
    String what = stored.place(number);
    float[] data = stored.filters(node, number);
    int maps = StoredModel.positive(node, "maps", what);
    int channels = StoredModel.positive(node, "channels", what);
    int side = StoredModel.positive(node, "filterSide", what);
    try {
      return new Layer(
          FilterBank.of(Connectivity.full(maps, channels), side, data),
          new PoolSize(
              StoredModel.positive(node, "poolRows", what),
              StoredModel.positive(node, "poolColumns", what),
              StoredModel.positive(node, "poolMaps", what)),
          node.path("lambda").asDouble(),
          StoredModel.positive(node, "iterations", what),
          node.path("step").asDouble());
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }
}
