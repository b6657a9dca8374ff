package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * What the estimator that labels pixels and its model share: the images, and frozen layers' maps.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface LabellingParams<S> extends LayeredParams<S>, OutputParam<S> {
  @Override
  default Param<String> inputCol() {
    return Declared.column(this, "inputCol", "column of images in [0, 1], all of one size");
  }

  @Override
  default Param<String> outputCol() {
    return Declared.column(this, "outputCol", "column of the labels that the model gives");
  }

  default StringArrayParam layerCols() {
    return Declared.textsOf(
        this,
        "layerCols",
        "columns of frozen layers' maps, the finest first",
        Takes.anyStrings(Takes.column()));
  }

  default String[] getLayerCols() {
    return getOrDefault(layerCols());
  }

  /** None where the network is learned from scratch. */
  default S setLayerCols(String... values) {
    return Fluent.set(this, layerCols(), values);
  }
}
