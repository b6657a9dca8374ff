package org.deconvnet.network.gradient.plan;

import java.io.Serializable;
import java.util.List;

/**
 * Numbers that a layer asks for. Immutable.
 *
 * @param axes their shape
 */
public record Slot(Role role, List<Integer> axes, Start start) implements Serializable {
  public Slot {
    axes = List.copyOf(axes);
  }

  static Slot perMap(Role role, int maps, Start start) {
    return new Slot(role, List.of(maps), start);
  }

  /** How many there are. */
  public int size() {
    int size = 1;
    for (int axis : axes) {
      size = Math.multiplyExact(size, axis);
    }
    return size;
  }
}
