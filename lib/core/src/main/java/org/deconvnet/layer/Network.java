package org.deconvnet.layer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;

/** The layers of a deconvolutional network from the image upwards. Immutable. */
public record Network(List<Layer> layers) implements LayeredNetwork, Serializable {
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

  @Override
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
  @Override
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint();
    for (Layer layer : layers) {
      FilterBank f = layer.filters();
      fingerprint.add(f.maps()).add(f.channels()).add(f.side()).add(layer.step()).add(f.data());
    }
    return fingerprint.hex();
  }
}
