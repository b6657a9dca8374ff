package org.deconvnet.spark.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.HistogramColumn;
import org.deconvnet.tensor.UserErrorException;

/** What {@link PyramidColumnsParams} describe, checked, and what lies in those columns. */
final class PyramidColumns {
  private PyramidColumns() {}

  static void requireOneEach(PyramidColumnsParams<?> stage, String what, int columns, int got) {
    if (columns != got) {
      throw new UserErrorException(
          "%s: %s: expected %d, one for each of featuresCols, got %d"
              .formatted(stage.uid(), what, columns, got));
    }
  }

  /**
   * @param classes names by number; empty before a fit knows them
   */
  static StructType schema(StructType schema, PyramidColumnsParams<?> stage, String... classes) {
    for (String column : stage.getFeaturesCols()) {
      Columns.require(schema, column, new VectorUDT(), stage.uid());
    }
    requireOneEach(stage, "weights", stage.getFeaturesCols().length, stage.getWeights().length);
    return Predictions.schema(schema, stage, classes);
  }

  /**
   * What a classifier learns from: id, label and each column of pyramids, sorted by id, so that no
   * partitioning changes the machines. Rows that cannot be used are left out and told.
   */
  static <S extends PyramidColumnsParams<?> & LabelParam<?>> List<Row> trainingRows(
      Dataset<?> dataset, S stage) {
    List<String> columns = new ArrayList<>(List.of(stage.getIdCol(), stage.getLabelCol()));
    columns.addAll(List.of(stage.getFeaturesCols()));
    UsableRows usable = new UsableRows(dataset, stage, columns.toArray(String[]::new));
    List<Row> rows = new ArrayList<>(usable.requireAny(usable.rows().collect()));
    usable.reportLeftOut();
    rows.sort(Comparator.comparing(row -> row.getString(0)));
    return rows;
  }

  /**
   * A row's pyramids, one a column.
   *
   * @param inputs places of the columns in the row
   */
  static List<SparseHistogram> of(Row row, int... inputs) {
    return Arrays.stream(inputs)
        .mapToObj(input -> HistogramColumn.fromVector((Vector) row.get(input)))
        .toList();
  }
}
