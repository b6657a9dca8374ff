package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.tensor.UserErrorException;

/**
 * A stage that computes with a convolution engine.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface EngineParam<S> extends Params {
  default Param<String> engine() {
    return Declared.text(
        this,
        "engine",
        "convolution engine",
        new Takes<>("auto, vector, scalar, or the name of another engine", EngineParam::known));
  }

  private static boolean known(String name) {
    try {
      ConvolutionEngines.requireName(name);
      return true;
    } catch (UserErrorException e) {
      return false;
    }
  }

  default String getEngine() {
    return getOrDefault(engine());
  }

  /** {@code auto}, the default, takes the fastest that can run here. */
  default S setEngine(String value) {
    return Fluent.set(this, engine(), value);
  }
}
