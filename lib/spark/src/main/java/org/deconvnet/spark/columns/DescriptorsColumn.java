package org.deconvnet.spark.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.ActivationDescriptors;

/**
 * Descriptors of an image's strongest activations as Spark rows. Arrays are little-endian bytes,
 * because Spark would box each number of an array.
 */
public final class DescriptorsColumn {
  public static final StructType SCHEMA =
      new StructType()
          .add("imageHeight", DataTypes.IntegerType, false)
          .add("imageWidth", DataTypes.IntegerType, false)
          .add("patch", DataTypes.IntegerType, false)
          .add("dimension", DataTypes.IntegerType, false)
          .add("starts", DataTypes.BinaryType, false)
          .add("rows", DataTypes.BinaryType, false)
          .add("columns", DataTypes.BinaryType, false)
          .add("values", DataTypes.BinaryType, false);

  private DescriptorsColumn() {}

  public static Row toRow(ActivationDescriptors descriptors) {
    int[] starts = new int[descriptors.activations() + 1];
    for (int a = 0; a < starts.length; a++) {
      starts[a] = descriptors.start(a);
    }
    int[] rows = new int[descriptors.count()];
    int[] columns = new int[descriptors.count()];
    for (int d = 0; d < rows.length; d++) {
      rows[d] = descriptors.row(d);
      columns[d] = descriptors.column(d);
    }
    ByteBuffer values = buffer(descriptors.values().length);
    values.asFloatBuffer().put(descriptors.values());
    return RowFactory.create(
        descriptors.imageHeight(),
        descriptors.imageWidth(),
        descriptors.patch(),
        descriptors.dimension(),
        bytes(starts),
        bytes(rows),
        bytes(columns),
        values.array());
  }

  public static ActivationDescriptors fromRow(Row row) {
    byte[] values = row.getAs(7);
    float[] numbers = new float[values.length / Float.BYTES];
    ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return new ActivationDescriptors(
        row.getInt(0),
        row.getInt(1),
        row.getInt(2),
        ints(row.getAs(4)),
        ints(row.getAs(5)),
        ints(row.getAs(6)),
        row.getInt(3),
        numbers);
  }

  private static ByteBuffer buffer(int numbers) {
    return ByteBuffer.allocate(Math.multiplyExact(numbers, Integer.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(int[] numbers) {
    ByteBuffer bytes = buffer(numbers.length);
    bytes.asIntBuffer().put(numbers);
    return bytes.array();
  }

  private static int[] ints(byte[] bytes) {
    int[] numbers = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
    return numbers;
  }
}
