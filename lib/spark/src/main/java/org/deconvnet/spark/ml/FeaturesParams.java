package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.Param;

/**
 * The columns that {@link IntersectionLinearClassifier} and its model share.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface FeaturesParams<S> extends PredictionParams<S>, LabelParam<S> {
  default Param<String> featuresCol() {
    return Declared.column(this, "featuresCol", "column of pyramid vectors");
  }

  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  default S setFeaturesCol(String value) {
    return Fluent.set(this, featuresCol(), value);
  }
}
