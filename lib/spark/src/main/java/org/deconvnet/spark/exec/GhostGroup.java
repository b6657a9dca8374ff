package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.List;

/**
 * Items that are worked on together, wherever that is. Immutable.
 *
 * @param batch from 0
 * @param number from 0, over all batches
 * @param items as many as every group has, in the plan's order
 */
public record GhostGroup<T>(int batch, int number, List<T> items) implements Serializable {
  public GhostGroup {
    items = List.copyOf(items);
  }
}
