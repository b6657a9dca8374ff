package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.Param;

/**
 * The columns that classifiers' models add, as Spark's own name them: a score a class, the number
 * of the class with the largest one, and its name. An empty name leaves a column out.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface PredictionParams<S> extends InvalidRowParams<S> {
  default Param<String> rawPredictionCol() {
    return Declared.columnOrNone(this, "rawPredictionCol", "column of scores, one a class");
  }

  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  default S setRawPredictionCol(String value) {
    return Fluent.set(this, rawPredictionCol(), value);
  }

  default Param<String> predictionCol() {
    return Declared.columnOrNone(
        this,
        "predictionCol",
        "column of predicted classes' numbers, with their names as metadata");
  }

  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  default S setPredictionCol(String value) {
    return Fluent.set(this, predictionCol(), value);
  }

  default Param<String> predictedLabelCol() {
    return Declared.columnOrNone(this, "predictedLabelCol", "column of predicted classes' names");
  }

  default String getPredictedLabelCol() {
    return getOrDefault(predictedLabelCol());
  }

  default S setPredictedLabelCol(String value) {
    return Fluent.set(this, predictedLabelCol(), value);
  }
}
