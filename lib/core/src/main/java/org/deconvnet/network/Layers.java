package org.deconvnet.network;

import java.io.Serializable;
import java.util.Optional;
import org.deconvnet.engine.ConvolutionEngine;

/**
 * What any network tells of its layers, whether it was learned here or comes from elsewhere: enough
 * to show what their maps respond to. Implementations are thread-safe; what they make with an
 * engine is not: one a task. Layers are numbered from 1, the one nearest to the image.
 */
public interface Layers extends Serializable {
  /** What kind of network this is, for readers. */
  String title();

  /** How many layers there are. */
  int depth();

  /** What a layer is called, for readers. */
  default String name(int number) {
    return "layer " + number;
  }

  /** sha256, in lower-case hexadecimal, over all that decides what the network computes. */
  String fingerprint();

  /** Whether pooling leaves switches, so that an activation's picture differs from its map's. */
  boolean hasSwitches();

  /** The activations of images, and what each is in pixels. */
  LayerActivations activations(ConvolutionEngine engine);

  /** This network, for what only one family can do; empty if it is of another. */
  default <N extends Layers> Optional<N> as(Class<N> family) {
    return family.isInstance(this) ? Optional.of(family.cast(this)) : Optional.empty();
  }
}
