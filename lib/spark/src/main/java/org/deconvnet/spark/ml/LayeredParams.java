package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.Param;

/**
 * What estimators of networks and their models share: the images and the engine.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface LayeredParams<S> extends InputParam<S>, InvalidRowParams<S>, EngineParam<S> {
  @Override
  default Param<String> inputCol() {
    return Declared.column(this, "inputCol", "column of preprocessed images");
  }
}
