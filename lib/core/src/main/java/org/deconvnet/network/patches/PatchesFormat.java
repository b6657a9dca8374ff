package org.deconvnet.network.patches;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.NpyFormat;
import org.deconvnet.store.StoredModel;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * How words are stored: {@code patches.json} (format version, how windows are coded, fingerprint,
 * provenance), {@code layer1.npy}: words (map, channel, row, column) of whitened windows, and
 * {@code whitening.npy}: W and W⁻¹, (2, d, d), all float32. Any language can read it. Thread-safe.
 */
public final class PatchesFormat {
  public static final int VERSION = 1;
  private static final String METADATA = "patches.json";
  private static final String WHITENING = "whitening.npy";

  private PatchesFormat() {}

  /** Writes the arrays first and the metadata last, so that a broken write never looks whole. */
  public static void write(PatchesNetwork network, Map<String, String> provenance, ModelFiles files)
      throws IOException {
    StoredModel stored = new StoredModel(files, METADATA, VERSION);
    ObjectNode root = stored.describe(network.fingerprint());
    for (PatchesLayer layer : network.layers()) {
      write(layer.whitening(), files);
      describe(layer, stored.addLayer(root, layer.words()));
    }
    stored.finish(root, provenance);
  }

  private static void write(Whitening whitening, ModelFiles files) throws IOException {
    int d = whitening.dimension();
    try (OutputStream out = files.create(WHITENING)) {
      NpyFormat.begin(out, 2, d, d);
      NpyFormat.append(out, whitening.forward());
      NpyFormat.append(out, whitening.inverse());
    }
  }

  private static void describe(PatchesLayer layer, ObjectNode node) {
    PatchCodingOptions coding = layer.coding();
    WindowOptions windows = coding.windows();
    node.put("step", windows.step()).put("keepMean", windows.keepMean());
    node.put("whiten", windows.whiten()).put("floor", windows.floor());
    node.put("lambda", coding.lambda()).put("nonNegative", coding.nonNegative());
    node.put("tolerance", coding.descent().tolerance());
    node.put("changesPerPlace", coding.descent().changesPerPlace());
    if (!Double.isNaN(layer.gap())) {
      node.put("gap", layer.gap());
    }
  }

  /**
   * Reads words.
   *
   * @throws IOException if files are missing, damaged, of another version or not what the
   *     fingerprint says; the message names the place and the remedy
   */
  public static PatchesNetwork read(ModelFiles files) throws IOException {
    StoredModel stored = new StoredModel(files, METADATA, VERSION);
    JsonNode root = stored.read();
    PatchesNetwork network = PatchesNetwork.empty();
    for (JsonNode node : root.path("layers")) {
      network = PatchesNetwork.of(layer(stored, node));
    }
    stored.requireFingerprint(root, network.fingerprint());
    return network;
  }

  private static PatchesLayer layer(StoredModel stored, JsonNode node) throws IOException {
    String what = stored.place(1);
    float[] data = stored.filters(node, 1);
    int maps = StoredModel.positive(node, "maps", what);
    int channels = StoredModel.positive(node, "channels", what);
    int side = StoredModel.positive(node, "filterSide", what);
    try {
      PatchCodingOptions coding = coding(node, maps, side, what);
      return new PatchesLayer(
          FilterBank.of(Connectivity.full(maps, channels), side, data),
          whitening(stored.files(), coding.windows().dimension(channels)),
          coding,
          node.path("gap").asDouble(Double.NaN));
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }

  private static Whitening whitening(ModelFiles files, int d) throws IOException {
    try (InputStream in = files.open(WHITENING)) {
      float[] both = NpyFormat.read(in, files.location() + "/" + WHITENING, 2, d, d);
      return new Whitening(
          d, Arrays.copyOf(both, d * d), Arrays.copyOfRange(both, d * d, 2 * d * d));
    }
  }

  private static PatchCodingOptions coding(JsonNode node, int maps, int side, String what)
      throws IOException {
    return new PatchCodingOptions(
        new WindowOptions(
            side,
            StoredModel.positive(node, "step", what),
            node.path("keepMean").asBoolean(),
            node.path("whiten").asBoolean(),
            StoredModel.number(node, "floor", what)),
        maps,
        StoredModel.number(node, "lambda", what),
        node.path("nonNegative").asBoolean(),
        new DescentOptions(
            StoredModel.number(node, "tolerance", what),
            StoredModel.number(node, "changesPerPlace", what)));
  }
}
