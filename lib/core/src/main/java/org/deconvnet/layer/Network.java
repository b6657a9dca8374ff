package org.deconvnet.layer;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.deconvnet.tensor.Checks;

/** The layers of a deconvolutional network from the image upwards. Immutable. */
public record Network(List<Layer> layers) implements Serializable {
  public Network {
    layers = List.copyOf(layers);
    for (int l = 1; l < layers.size(); l++) {
      Layer below = layers.get(l - 1);
      Checks.equal(
          "layer %d: channels (the pooled maps of layer %d)".formatted(l + 1, l),
          below.pooledMaps(),
          layers.get(l).filters().channels());
    }
  }

  public static Network empty() {
    return new Network(List.of());
  }

  public int depth() {
    return layers.size();
  }

  /** Layers are numbered from 1, as in the papers. */
  public Layer layer(int number) {
    return layers.get(number - 1);
  }

  /** The lowest {@code depth} layers. */
  public Network upTo(int depth) {
    return new Network(layers.subList(0, depth));
  }

  public Network plus(Layer top) {
    List<Layer> more = new ArrayList<>(layers);
    more.add(top);
    return new Network(more);
  }

  /** sha256 over all filters and steps in layer order, independent of how they were stored. */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Layer layer : layers) {
        digest.update(bytes(layer));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }

  private static byte[] bytes(Layer layer) {
    float[] filters = layer.filters().data();
    ByteBuffer buffer =
        ByteBuffer.allocate(filters.length * Float.BYTES + 20).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(layer.filters().maps()).putInt(layer.filters().channels());
    buffer.putInt(layer.filters().side()).putDouble(layer.step());
    for (float f : filters) {
      buffer.putFloat(f);
    }
    return buffer.array();
  }
}
