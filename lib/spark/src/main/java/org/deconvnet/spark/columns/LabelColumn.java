package org.deconvnet.spark.columns;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.label.LabelMap;
import org.deconvnet.tensor.UserErrorException;

/** Labels of pixels in a column: their size, and a byte a pixel in (row, column) order. */
public final class LabelColumn {
  public static final StructType TYPE =
      new StructType()
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("values", DataTypes.BinaryType, false);

  private LabelColumn() {}

  public static Row toRow(LabelMap labels) {
    return RowFactory.create(labels.height(), labels.width(), labels.values());
  }

  /**
   * @throws UserErrorException if a part is null, or there are not as many labels as the size says
   */
  public static LabelMap fromRow(Row row) {
    if (row.anyNull()) {
      throw new UserErrorException("labels: expected their size and their values, got a null");
    }
    byte[] values = row.getAs(2);
    if ((long) row.getInt(0) * row.getInt(1) != values.length) {
      throw new UserErrorException(
          "labels: expected %d x %d values, got %d"
              .formatted(row.getInt(0), row.getInt(1), values.length));
    }
    return new LabelMap(row.getInt(0), row.getInt(1), values);
  }
}
