package org.deconvnet.network.gradient.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * The order of a flat vector: parameters, or running statistics. Gradients, updates and checkpoints
 * have the same order. Immutable and thread-safe.
 *
 * @param parts one after another, without gaps
 */
public record Layout(List<Part> parts) implements Serializable {
  public Layout {
    parts = List.copyOf(parts);
    int at = 0;
    for (Part part : parts) {
      Checks.equal("layout: offset of " + part.name(), at, part.offset());
      at = Math.addExact(at, part.size());
    }
  }

  /** Puts slots one after another. */
  static final class Builder {
    private final List<Part> parts = new ArrayList<>();
    private int size;

    void add(String node, Slot slot) {
      parts.add(new Part(node, slot, size));
      if ((long) size + slot.size() > Integer.MAX_VALUE - 8) {
        throw new UserErrorException(
            "network: expected parameters that one array can hold, got more at " + node);
      }
      size += slot.size();
    }

    Layout build() {
      return new Layout(parts);
    }
  }

  /** Numbers in all parts. */
  public int size() {
    return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).end();
  }

  /** The parts of a layer, in the order in which it asks for them. */
  public List<Part> of(String node) {
    return parts.stream().filter(part -> part.node().equals(node)).toList();
  }

  /** The part that a place belongs to, for messages. */
  public Part at(int place) {
    return parts.stream()
        .filter(part -> place < part.end())
        .findFirst()
        .orElseThrow(() -> new IndexOutOfBoundsException(place));
  }

  /**
   * @throws IllegalArgumentException if a vector has another length
   */
  public void require(String what, float[] vector) {
    Checks.equal(what + ": numbers", size(), vector.length);
  }
}
