package org.deconvnet.spark.ml;

import java.io.Serializable;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.columns.Columns;

/** The columns that the classifiers and their models share. */
final class ClassifierParams implements Serializable {
  private static final long serialVersionUID = 1;

  final Param<String> featuresCol;
  final Param<String> labelCol;
  final PredictionParams prediction;
  final InvalidRowParams invalid;

  ClassifierParams(Params owner) {
    featuresCol = new Param<>(owner, "featuresCol", "column of pyramid vectors");
    labelCol = TrainingClasses.labelCol(owner);
    prediction = new PredictionParams(owner);
    invalid = new InvalidRowParams(owner);
  }

  void checkInput(StructType schema, Params owner) {
    Columns.require(schema, owner.getOrDefault(featuresCol), new VectorUDT(), owner.uid());
  }

  void checkTraining(StructType schema, Params owner) {
    checkInput(schema, owner);
    TrainingClasses.requireColumn(schema, owner.getOrDefault(labelCol), owner.uid());
  }

  /**
   * @param classes names by number; empty before a fit knows them
   */
  StructType output(StructType schema, Params owner, String... classes) {
    checkInput(schema, owner);
    return prediction.output(schema, owner, classes);
  }
}
