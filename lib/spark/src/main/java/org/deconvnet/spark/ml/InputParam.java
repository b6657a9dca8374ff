package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A stage with one column of input.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface InputParam<S> extends Params {
  Param<String> inputCol();

  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  default S setInputCol(String value) {
    return Fluent.set(this, inputCol(), value);
  }
}
