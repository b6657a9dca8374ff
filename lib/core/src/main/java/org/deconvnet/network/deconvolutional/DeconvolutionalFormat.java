package org.deconvnet.network.deconvolutional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.store.ConnectivityRows;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.StoredModel;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * How the stack of the 2010 network is stored: {@code stack.json} (format version, how inference
 * runs, each layer's settings, fingerprint, provenance) and {@code layer1.npy}, {@code layer2.npy},
 * …: filters (map, channel, row, column) as float32. Connectivity is a string a map with a digit a
 * channel, 1 where they are joined. Any language can read it. Thread-safe.
 */
public final class DeconvolutionalFormat {
  public static final int VERSION = 1;
  private static final String METADATA = "stack.json";

  private DeconvolutionalFormat() {}

  /** Writes the arrays first and the metadata last, so that a broken write never looks whole. */
  public static void write(
      DeconvolutionalStack stack, Map<String, String> provenance, ModelFiles files)
      throws IOException {
    StoredModel stored = new StoredModel(files, METADATA, VERSION);
    ObjectNode root = stored.describe(stack.fingerprint());
    root.put("passes", stack.passes());
    describe(stack.schedule(), root.putObject("schedule"));
    for (int number = 1; number <= stack.depth(); number++) {
      DeconvolutionalLayer layer = stack.layer(number);
      ObjectNode node = stored.addLayer(root, layer.filters());
      node.put("lambda", layer.lambda()).put("kappa", layer.kappa()).put("alpha", layer.alpha());
      ConnectivityRows.write(layer.filters().connectivity(), node.putArray("connectivity"));
      MapScaling scaling = stack.scaling(number);
      node.putObject("scaling").put("mean", scaling.mean()).put("range", scaling.range());
    }
    stored.finish(root, provenance);
  }

  private static void describe(BetaSchedule schedule, ObjectNode node) {
    ArrayNode betas = node.putArray("betas");
    schedule.betas().forEach(betas::add);
    node.put("cgSteps", schedule.cgSteps()).put("tolerance", schedule.tolerance());
  }

  /**
   * Reads a stack.
   *
   * @throws IOException if files are missing, damaged, of another version or not what the
   *     fingerprint says; the message names the place and the remedy
   */
  public static DeconvolutionalStack read(ModelFiles files) throws IOException {
    StoredModel stored = new StoredModel(files, METADATA, VERSION);
    JsonNode root = stored.read();
    DeconvolutionalStack stack = empty(root, files.location() + "/" + METADATA);
    for (JsonNode node : root.path("layers")) {
      stack = plus(stack, stored, node);
    }
    stored.requireFingerprint(root, stack.fingerprint());
    return stack;
  }

  private static DeconvolutionalStack empty(JsonNode root, String what) throws IOException {
    JsonNode node = root.path("schedule");
    List<Double> betas = new ArrayList<>();
    node.path("betas").forEach(beta -> betas.add(beta.asDouble()));
    int steps = StoredModel.positive(node, "cgSteps", what);
    double tolerance = StoredModel.number(node, "tolerance", what);
    int passes = StoredModel.positive(root, "passes", what);
    try {
      return DeconvolutionalStack.empty(new BetaSchedule(betas, steps, tolerance), passes);
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }

  private static DeconvolutionalStack plus(
      DeconvolutionalStack below, StoredModel stored, JsonNode node) throws IOException {
    int number = below.depth() + 1;
    String what = stored.place(number);
    float[] data = stored.filters(node, number);
    JsonNode scaling = node.path("scaling");
    double mean = StoredModel.number(scaling, "mean", what);
    double range = StoredModel.number(scaling, "range", what);
    try {
      return below.plus(layer(node, data, what), new MapScaling(mean, range));
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }

  private static DeconvolutionalLayer layer(JsonNode node, float[] data, String what)
      throws IOException {
    int maps = StoredModel.positive(node, "maps", what);
    int channels = StoredModel.positive(node, "channels", what);
    Connectivity connectivity =
        ConnectivityRows.read(node.path("connectivity"), maps, channels, what);
    return new DeconvolutionalLayer(
        FilterBank.of(connectivity, StoredModel.positive(node, "filterSide", what), data),
        StoredModel.number(node, "lambda", what),
        StoredModel.number(node, "kappa", what),
        StoredModel.number(node, "alpha", what));
  }
}
