package org.deconvnet.spark.ml;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * Counts rows where they are left out. It keeps a count a partition, so a partition that is worked
 * on again, after a failure or for another pass, counts once. Not thread-safe.
 */
final class LeftOutByPartition extends AccumulatorV2<Map.Entry<Integer, LeftOut>, LeftOut> {
  private static final long serialVersionUID = 1;

  private final Map<Integer, LeftOut> parts = new TreeMap<>();

  @Override
  public boolean isZero() {
    return parts.isEmpty();
  }

  @Override
  public LeftOutByPartition copy() {
    LeftOutByPartition copy = new LeftOutByPartition();
    copy.parts.putAll(parts);
    return copy;
  }

  @Override
  public void reset() {
    parts.clear();
  }

  /** All of a partition, with its index. */
  @Override
  public void add(Map.Entry<Integer, LeftOut> part) {
    parts.put(part.getKey(), part.getValue());
  }

  @Override
  public void merge(AccumulatorV2<Map.Entry<Integer, LeftOut>, LeftOut> other) {
    parts.putAll(((LeftOutByPartition) other).parts);
  }

  @Override
  public LeftOut value() {
    return parts.values().stream().reduce(LeftOut.NONE, LeftOut::plus);
  }
}
