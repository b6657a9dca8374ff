package org.deconvnet.spark.ml;

import java.util.Arrays;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.CellDescriptors;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.UserErrorException;

/** What {@link PyramidParams} describe, checked. */
final class Pyramids {
  private Pyramids() {}

  /** One an output column. */
  static PyramidCode[] codes(PyramidParams<?> stage) {
    int columns = stage.getOutputCols().length;
    int codings = stage.getCodings().length;
    if (columns != codings) {
      throw new UserErrorException(
          "%s: codings: expected %d, one for each of outputCols, got %d"
              .formatted(stage.uid(), columns, codings));
    }
    return Arrays.stream(stage.getCodings()).map(PyramidCode::named).toArray(PyramidCode[]::new);
  }

  static StructType schema(StructType schema, PyramidParams<?> stage) {
    if (!DescriptorSource.isDescribed(schema, stage)) {
      FeatureMapsColumn.requireDense(schema, stage.getInputCol(), stage.uid());
      FeatureMapsColumn.requireDense(schema, stage.getImageCol(), stage.uid());
    }
    codes(stage);
    DescriptorOptions descriptors = stage.toDescriptorOptions();
    if (stage.getCellMaps()) {
      CellDescriptors.requireCells(stage.uid() + ": step", descriptors);
    }
    StructType out = schema;
    for (String column : stage.getOutputCols()) {
      out = Columns.add(out, column, new VectorUDT(), stage.uid());
    }
    return out;
  }
}
