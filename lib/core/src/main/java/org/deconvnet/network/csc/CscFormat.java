package org.deconvnet.network.csc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deconvnet.operator.Boundary;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.StoredModel;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * How a dictionary is stored: {@code dictionary.json} (format version, how images are coded,
 * fingerprint, provenance) and {@code layer1.npy}: filters (map, channel, row, column) as float32,
 * smaller ones in the upper left corner of their planes. Any language can read it. Thread-safe.
 */
public final class CscFormat {
  public static final int VERSION = 1;
  private static final String METADATA = "dictionary.json";

  private CscFormat() {}

  /** Writes the arrays first and the metadata last, so that a broken write never looks whole. */
  public static void write(CscNetwork network, Map<String, String> provenance, ModelFiles files)
      throws IOException {
    StoredModel stored = new StoredModel(files, METADATA, VERSION);
    ObjectNode root = stored.describe(network.fingerprint());
    for (CscLayer layer : network.layers()) {
      describe(layer, stored.addLayer(root, layer.filters()));
    }
    stored.finish(root, provenance);
  }

  private static void describe(CscLayer layer, ObjectNode node) {
    CodingOptions coding = layer.coding();
    ArrayNode atoms = node.putArray("atoms");
    for (AtomGroup group : coding.atoms()) {
      ObjectNode one = atoms.addObject();
      one.put("maps", group.maps()).put("side", group.side()).put("weight", group.weight());
    }
    node.put("lambda", coding.lambda()).put("relative", coding.relative());
    node.put("boundary", coding.boundary().name()).put("nonNegative", coding.nonNegative());
    node.put("tolerance", coding.descent().tolerance());
    node.put("changesPerPlace", coding.descent().changesPerPlace());
    node.put("solver", coding.solver().method().name());
    node.put("solverIterations", coding.solver().iterations());
    if (!Double.isNaN(layer.gap())) {
      node.put("gap", layer.gap());
    }
  }

  /**
   * Reads a dictionary.
   *
   * @throws IOException if files are missing, damaged, of another version or not what the
   *     fingerprint says; the message names the place and the remedy
   */
  public static CscNetwork read(ModelFiles files) throws IOException {
    StoredModel stored = new StoredModel(files, METADATA, VERSION);
    JsonNode root = stored.read();
    CscNetwork network = CscNetwork.empty();
    for (JsonNode node : root.path("layers")) {
      network = CscNetwork.of(layer(stored, node));
    }
    stored.requireFingerprint(root, network.fingerprint());
    return network;
  }

  private static CscLayer layer(StoredModel stored, JsonNode node) throws IOException {
    String what = stored.place(1);
    float[] data = stored.filters(node, 1);
    int maps = StoredModel.positive(node, "maps", what);
    int channels = StoredModel.positive(node, "channels", what);
    int side = StoredModel.positive(node, "filterSide", what);
    try {
      return new CscLayer(
          FilterBank.of(Connectivity.full(maps, channels), side, data),
          coding(node, what),
          node.path("gap").asDouble(Double.NaN));
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }

  private static <E extends Enum<E>> E named(E[] all, String key, JsonNode node, String what)
      throws IOException {
    String text = node.path(key).asText();
    return Arrays.stream(all)
        .filter(one -> one.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "%s: expected one of %s as %s in the metadata, got '%s'"
                        .formatted(what, Arrays.toString(all), key, text)));
  }

  private static CodingOptions coding(JsonNode node, String what) throws IOException {
    List<AtomGroup> atoms = new ArrayList<>();
    for (JsonNode group : node.path("atoms")) {
      atoms.add(
          new AtomGroup(
              StoredModel.positive(group, "maps", what),
              StoredModel.positive(group, "side", what),
              StoredModel.number(group, "weight", what)));
    }
    return new CodingOptions(
        atoms,
        StoredModel.number(node, "lambda", what),
        node.path("relative").asBoolean(),
        named(Boundary.values(), "boundary", node, what),
        node.path("nonNegative").asBoolean(),
        new DescentOptions(
            StoredModel.number(node, "tolerance", what),
            StoredModel.number(node, "changesPerPlace", what)),
        solver(node, what));
  }

  /** Older files name none: coordinate descent. */
  private static SolverChoice solver(JsonNode node, String what) throws IOException {
    if (!node.has("solver")) {
      return SolverChoice.DEFAULTS;
    }
    return new SolverChoice(
        named(SolverChoice.Method.values(), "solver", node, what),
        StoredModel.positive(node, "solverIterations", what));
  }
}
