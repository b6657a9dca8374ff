package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A stage that learns classes.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface LabelParam<S> extends Params {
  default Param<String> labelCol() {
    return Declared.column(
        this, "labelCol", "column of class names, or of their numbers as StringIndexer makes them");
  }

  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** A column of class names, or of numbers as StringIndexer makes them. */
  default S setLabelCol(String value) {
    return Fluent.set(this, labelCol(), value);
  }
}
