package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.tensor.UserErrorException;

/** The columns that the classifiers and their models share. */
final class ClassifierParams implements Serializable {
  private static final long serialVersionUID = 1;

  final Param<String> featuresCol;
  final Param<String> labelCol;
  final Param<String> predictionCol;

  ClassifierParams(Params owner) {
    featuresCol = new Param<>(owner, "featuresCol", "column of pyramid vectors");
    labelCol = new Param<>(owner, "labelCol", "column of class names (strings)");
    predictionCol = new Param<>(owner, "predictionCol", "column of predicted class names");
  }

  void checkInput(StructType schema, Params owner) {
    Columns.require(schema, owner.getOrDefault(featuresCol), new VectorUDT(), owner.uid());
  }

  void checkTraining(StructType schema, Params owner) {
    checkInput(schema, owner);
    Columns.require(schema, owner.getOrDefault(labelCol), DataTypes.StringType, owner.uid());
  }

  StructType output(StructType schema, Params owner) {
    checkInput(schema, owner);
    return Columns.add(
        schema, owner.getOrDefault(predictionCol), DataTypes.StringType, owner.uid());
  }

  /** Class names, sorted, with their numbers. */
  static Map<String, Integer> numbered(String[] labels, String stage) {
    Map<String, Integer> numbers = new TreeMap<>();
    Arrays.stream(labels).distinct().sorted().forEach(l -> numbers.put(l, numbers.size()));
    if (numbers.size() < 2) {
      throw new UserErrorException(
          "%s: expected at least two classes, got %s".formatted(stage, numbers.keySet()));
    }
    return numbers;
  }
}
