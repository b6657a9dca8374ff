package org.deconvnet.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.deconvnet.tensor.FilterBank;

/**
 * What all stored networks have in common: one JSON file with a format version, a fingerprint and
 * the provenance, and one NPY file of filters a layer. Sizes in the metadata are never trusted: an
 * array is read only if its own header agrees.
 *
 * @param metadata name of the JSON file
 */
public record StoredModel(ModelFiles files, String metadata, int version) {
  /** Metadata of a thousand layers is smaller. */
  private static final int MOST_BYTES = 16 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Metadata of a network to be written, with an empty array {@code layers}. */
  public ObjectNode describe(String fingerprint) {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", version);
    root.put("fingerprint", fingerprint);
    root.putArray("layers");
    return root;
  }

  /** Stores the filters of the next layer; returns its entry in the metadata, to be completed. */
  public ObjectNode addLayer(ObjectNode root, FilterBank f) throws IOException {
    ArrayNode layers = (ArrayNode) root.get("layers");
    ObjectNode layer = layers.addObject();
    try (OutputStream out = files.create(file(layers.size()))) {
      NpyFormat.write(out, f.data(), f.maps(), f.channels(), f.side(), f.side());
    }
    layer.put("maps", f.maps());
    layer.put("channels", f.channels());
    layer.put("filterSide", f.side());
    return layer;
  }

  /** Comes after all layers, so that a broken write never looks whole. */
  public void finish(ObjectNode root, Map<String, String> provenance) throws IOException {
    provenance.forEach(root.putObject("provenance")::put);
    try (OutputStream out = files.create(metadata)) {
      out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }
  }

  public JsonNode read() throws IOException {
    JsonNode root;
    try (InputStream in = files.open(metadata)) {
      root = JSON.readTree(text(in));
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected JSON in %s, got something else: %s"
              .formatted(files.location(), metadata, e.getOriginalMessage()),
          e);
    }
    int got = root.path("formatVersion").asInt(-1);
    if (got != version) {
      throw new IOException(
          "%s: expected model format %d, got %s; use the release that wrote it, or train again"
              .formatted(files.location(), version, got < 0 ? "none" : got));
    }
    return root;
  }

  private byte[] text(InputStream in) throws IOException {
    byte[] text = in.readNBytes(MOST_BYTES + 1);
    if (text.length > MOST_BYTES) {
      throw new IOException(
          "%s: expected %s of at most %d bytes, got more; it is damaged"
              .formatted(files.location(), metadata, MOST_BYTES));
    }
    return text;
  }

  /** How a message calls the filters of a layer. */
  public String place(int number) {
    return files.location() + "/" + file(number);
  }

  private static String file(int number) {
    return "layer" + number + ".npy";
  }

  /** Filters of a layer, numbered from 1: as many as its entry in the metadata says. */
  public float[] filters(JsonNode layer, int number) throws IOException {
    String what = place(number);
    int maps = positive(layer, "maps", what);
    int channels = positive(layer, "channels", what);
    int side = positive(layer, "filterSide", what);
    try (InputStream in = files.open(file(number))) {
      return NpyFormat.read(in, what, maps, channels, side, side);
    }
  }

  public static int positive(JsonNode node, String key, String what) throws IOException {
    int value = node.path(key).asInt(-1);
    if (value < 1) {
      throw new IOException(
          "%s: expected a positive %s in the metadata, got %s"
              .formatted(what, key, node.path(key)));
    }
    return value;
  }

  public static double number(JsonNode node, String key, String what) throws IOException {
    if (!node.path(key).isNumber()) {
      throw new IOException(
          "%s: expected a number as %s in the metadata, got %s"
              .formatted(what, key, node.path(key)));
    }
    return node.path(key).asDouble();
  }

  /** Throws unless the network that was read is the one that was written. */
  public void requireFingerprint(JsonNode root, String fingerprint) throws IOException {
    String expected = root.path("fingerprint").asText();
    if (!fingerprint.equals(expected)) {
      throw new IOException(
          "%s: expected fingerprint %s, got %s: the model is damaged, copy or train it again"
              .formatted(files.location(), expected, fingerprint));
    }
  }
}
