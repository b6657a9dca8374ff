package org.deconvnet.network.gradient.plan;

import java.io.Serializable;

/**
 * Where a layer's numbers lie in a flat vector. Immutable.
 *
 * @param node the layer's name
 * @param offset of the first of them
 */
public record Part(String node, Slot slot, int offset) implements Serializable {
  /** As messages and files have it: {@code conv1.filters}. */
  public String name() {
    return node + "." + slot.role().word();
  }

  public int size() {
    return slot.size();
  }

  /** The place behind the last one. */
  public int end() {
    return offset + size();
  }
}
