package org.deconvnet.network.gradient.plan;

import java.io.Serializable;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * What a network is given for an image: the image, or maps that another network makes of it.
 * Immutable.
 *
 * @param name as layers call it, without dots
 * @param shape (C, H, W)
 */
public record Input(String name, Shape shape) implements Serializable {
  public Input {
    requireName("input", name);
  }

  /** Names are parts of others, which join them with dots. */
  static void requireName(String what, String name) {
    if (name.isBlank() || name.contains(".")) {
      throw new UserErrorException(
          "network: expected a name without dots for each %s, got '%s'".formatted(what, name));
    }
  }
}
