package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Params;

/**
 * What families that carry statistics over batches share.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface MemoryParam<S> extends Params {
  default DoubleParam memory() {
    return Declared.number(
        this,
        "memory",
        "how much statistics of one epoch ago still count",
        new Takes<>("at least 0 and below 1", value -> value >= 0 && value < 1));
  }

  default double getMemory() {
    return (Double) getOrDefault(memory());
  }

  /** 0 forgets them at once. */
  default S setMemory(double value) {
    return Fluent.set(this, memory(), value);
  }
}
