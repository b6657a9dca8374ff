package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.columns.Columns;

/**
 * What a row gets from a classifier's model: a value for each column that has a name ({@link
 * PredictionParams}). Immutable.
 *
 * @param classes names by number
 */
record Predictions(boolean raw, boolean number, boolean name, String[] classes)
    implements Serializable {

  static Predictions of(PredictionParams<?> stage, String... classes) {
    return new Predictions(
        !stage.getRawPredictionCol().isEmpty(),
        !stage.getPredictionCol().isEmpty(),
        !stage.getPredictedLabelCol().isEmpty(),
        classes);
  }

  /**
   * @param classes names by number; empty before a fit knows them
   */
  static StructType schema(StructType schema, PredictionParams<?> stage, String... classes) {
    String raw = stage.getRawPredictionCol();
    String number = stage.getPredictionCol();
    String name = stage.getPredictedLabelCol();
    StructType out = schema;
    if (!raw.isEmpty()) {
      out = Columns.add(out, raw, new VectorUDT(), stage.uid());
    }
    if (!number.isEmpty()) {
      Columns.requireFree(out, number, stage.uid());
      out = out.add(number, DataTypes.DoubleType, true, metadata(number, classes));
    }
    return name.isEmpty() ? out : Columns.add(out, name, DataTypes.StringType, stage.uid());
  }

  private static Metadata metadata(String column, String... classes) {
    NominalAttribute attribute = NominalAttribute.defaultAttr().withName(column);
    return (classes.length == 0 ? attribute : attribute.withValues(classes)).toMetadata();
  }

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
