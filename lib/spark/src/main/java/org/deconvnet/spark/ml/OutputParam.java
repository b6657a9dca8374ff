package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A stage that adds one column.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface OutputParam<S> extends Params {
  Param<String> outputCol();

  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** Must not be there yet. */
  default S setOutputCol(String value) {
    return Fluent.set(this, outputCol(), value);
  }
}
