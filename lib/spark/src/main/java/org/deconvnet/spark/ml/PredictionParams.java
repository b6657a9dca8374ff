package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.columns.Columns;

/**
 * The columns that a classifier's model adds, as Spark's own name them: a score a class, the number
 * of the class with the largest one, and its name. An empty name leaves a column out.
 */
final class PredictionParams implements Serializable {
  private static final long serialVersionUID = 1;

  final Param<String> rawPredictionCol;
  final Param<String> predictionCol;
  final Param<String> predictedLabelCol;

  PredictionParams(Params owner) {
    rawPredictionCol =
        new Param<>(owner, "rawPredictionCol", "column of scores, one a class; empty: none");
    predictionCol =
        new Param<>(
            owner,
            "predictionCol",
            "column of predicted classes' numbers, with their names as metadata; empty: none");
    predictedLabelCol =
        new Param<>(owner, "predictedLabelCol", "column of predicted classes' names; empty: none");
    owner.setDefault(rawPredictionCol, "rawPrediction");
    owner.setDefault(predictionCol, "prediction");
    owner.setDefault(predictedLabelCol, "predictedLabel");
  }

  /**
   * @param classes names by number; empty before a fit knows them
   */
  StructType output(StructType schema, Params owner, String... classes) {
    String raw = owner.getOrDefault(rawPredictionCol);
    String number = owner.getOrDefault(predictionCol);
    String name = owner.getOrDefault(predictedLabelCol);
    StructType out = schema;
    if (!raw.isEmpty()) {
      out = Columns.add(out, raw, new VectorUDT(), owner.uid());
    }
    if (!number.isEmpty()) {
      Columns.requireFree(out, number, owner.uid());
      out = out.add(number, DataTypes.DoubleType, true, metadata(number, classes));
    }
    return name.isEmpty() ? out : Columns.add(out, name, DataTypes.StringType, owner.uid());
  }

  private static Metadata metadata(String column, String... classes) {
    NominalAttribute attribute = NominalAttribute.defaultAttr().withName(column);
    return (classes.length == 0 ? attribute : attribute.withValues(classes)).toMetadata();
  }

  Answers answers(Params owner, String... classes) {
    return new Answers(
        !owner.getOrDefault(rawPredictionCol).isEmpty(),
        !owner.getOrDefault(predictionCol).isEmpty(),
        !owner.getOrDefault(predictedLabelCol).isEmpty(),
        classes);
  }

  /** What a row gets: a value for each column that has a name. */
  record Answers(boolean raw, boolean number, boolean name, String[] classes)
      implements Serializable {
    /**
     * @param scores one a class; of equal ones the lowest number wins
     */
    Object[] of(double[] scores) {
      int best = 0;
      for (int m = 1; m < scores.length; m++) {
        if (scores[m] > scores[best]) {
          best = m;
        }
      }
      List<Object> values = new ArrayList<>();
      if (raw) {
        values.add(Vectors.dense(scores));
      }
      if (number) {
        values.add((double) best);
      }
      if (name) {
        values.add(classes[best]);
      }
      return values.toArray();
    }
  }
}
