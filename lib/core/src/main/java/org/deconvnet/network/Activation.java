package org.deconvnet.network;

import java.io.Serializable;
import java.util.Comparator;

/**
 * One entry of a layer's maps.
 *
 * @param index where it is, counted in (map, row, column) order
 * @param value what it is, sign kept
 */
public record Activation(int index, float value) implements Serializable {
  /** The largest in size first; of equal sizes the lowest index. */
  public static final Comparator<Activation> STRONGEST_FIRST =
      Comparator.comparingDouble((Activation a) -> -Math.abs(a.value))
          .thenComparingInt(Activation::index);

  public float strength() {
    return Math.abs(value);
  }
}
