package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Setters that give the stage back as its own type, so that calls chain. */
final class Fluent {
  private Fluent() {}

  /**
   * @param <S> the stage's own type, as it names itself to the interface that declares the setter
   */
  @SuppressWarnings("unchecked")
  static <S, T> S set(Params stage, Param<T> param, T value) {
    stage.set(param, value);
    return (S) stage;
  }
}
