package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Columns of pyramids and how much each counts: one entry a column in each array.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface PyramidColumnsParams<S> extends PredictionParams<S> {
  default StringArrayParam featuresCols() {
    return Declared.texts(this, "featuresCols", "columns of pyramid vectors", Takes.column());
  }

  default String[] getFeaturesCols() {
    return getOrDefault(featuresCols());
  }

  /** As many as {@code weights}. */
  default S setFeaturesCols(String... values) {
    return Fluent.set(this, featuresCols(), values);
  }

  default DoubleArrayParam weights() {
    return Declared.numbers(this, "weights", "weight of each kernel in the sum", Takes.positive());
  }

  default double[] getWeights() {
    return getOrDefault(weights());
  }

  /** As many as {@code featuresCols}. */
  default S setWeights(double... values) {
    return Fluent.set(this, weights(), values);
  }
}
