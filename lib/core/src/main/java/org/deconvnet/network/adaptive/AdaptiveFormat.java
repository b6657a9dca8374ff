package org.deconvnet.network.adaptive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.StoredModel;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * How a network is stored: {@code network.json} (format version, each layer's settings,
 * fingerprint, provenance) and {@code layer1.npy}, {@code layer2.npy}, …: filters (map, channel,
 * row, column) as float32. Any language can read it. Thread-safe.
 */
public final class AdaptiveFormat {
  public static final int VERSION = 1;

  private AdaptiveFormat() {}

  private static StoredModel stored(ModelFiles files) {
    return new StoredModel(files, "network.json", VERSION);
  }

  /** Writes the arrays first and the metadata last, so that a broken write never looks whole. */
  public static void write(
      AdaptiveNetwork network, Map<String, String> provenance, ModelFiles files)
      throws IOException {
    StoredModel stored = stored(files);
    ObjectNode root = stored.describe(network.fingerprint());
    for (AdaptiveLayer layer : network.layers()) {
      ObjectNode node = stored.addLayer(root, layer.filters());
      node.put("poolRows", layer.pool().rows());
      node.put("poolColumns", layer.pool().columns());
      node.put("poolMaps", layer.pool().maps());
      node.put("lambda", layer.lambda());
      node.put("iterations", layer.iterations());
      node.put("step", layer.step());
      node.put("momentum", layer.shrinkage().momentum());
      node.put("refit", layer.shrinkage().refit());
    }
    stored.finish(root, provenance);
  }

  /**
   * Reads a network.
   *
   * @throws IOException if files are missing, damaged, of another version or not what the
   *     fingerprint says; the message names the place and the remedy
   */
  public static AdaptiveNetwork read(ModelFiles files) throws IOException {
    StoredModel stored = stored(files);
    JsonNode root = stored.read();
    List<AdaptiveLayer> layers = new ArrayList<>();
    for (JsonNode node : root.path("layers")) {
      layers.add(layer(stored, node, layers.size() + 1));
    }
    AdaptiveNetwork network = network(files, layers);
    stored.requireFingerprint(root, network.fingerprint());
    return network;
  }

  private static AdaptiveNetwork network(ModelFiles files, List<AdaptiveLayer> layers)
      throws IOException {
    try {
      return new AdaptiveNetwork(layers);
    } catch (IllegalArgumentException e) {
      throw new IOException(files.location() + ": layers do not fit: " + e.getMessage(), e);
    }
  }

  private static AdaptiveLayer layer(StoredModel stored, JsonNode node, int number)
      throws IOException {
    String what = stored.place(number);
    float[] data = stored.filters(node, number);
    int maps = StoredModel.positive(node, "maps", what);
    int channels = StoredModel.positive(node, "channels", what);
    int side = StoredModel.positive(node, "filterSide", what);
    try {
      return new AdaptiveLayer(
          FilterBank.of(Connectivity.full(maps, channels), side, data),
          new PoolSize(
              StoredModel.positive(node, "poolRows", what),
              StoredModel.positive(node, "poolColumns", what),
              StoredModel.positive(node, "poolMaps", what)),
          node.path("lambda").asDouble(),
          StoredModel.positive(node, "iterations", what),
          node.path("step").asDouble(),
          new Shrinkage(node.path("momentum").asBoolean(), node.path("refit").asBoolean()));
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }
}
