package org.deconvnet.spark.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Feature maps in a column: the only place that knows the schemas. Dense maps are a struct of their
 * size and little-endian float32 in (map, row, column) order; as bytes, because Spark would box
 * each number of an array. Codes are sparse: the flat indices of their non-zeros, and the values.
 */
public final class FeatureMapsColumn {
  /** Dense maps. */
  public static final StructType DENSE = size().add("values", DataTypes.BinaryType, false);

  /** The entries of z that are not zero: {@code indices} count in (map, row, column) order. */
  public static final StructType SPARSE =
      size()
          .add("indices", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("values", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private FeatureMapsColumn() {}

  private static StructType size() {
    return new StructType()
        .add("maps", DataTypes.IntegerType, false)
        .add("height", DataTypes.IntegerType, false)
        .add("width", DataTypes.IntegerType, false);
  }

  public static Row toRow(FeatureMaps maps) {
    ByteBuffer bytes =
        ByteBuffer.allocate(maps.data().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(maps.data());
    return RowFactory.create(maps.maps(), maps.height(), maps.width(), bytes.array());
  }

  public static FeatureMaps fromRow(Row row) {
    Shape shape = new Shape(row.getInt(0), row.getInt(1), row.getInt(2));
    float[] data = new float[shape.size()];
    ByteBuffer.wrap(row.<byte[]>getAs(3)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(data);
    return FeatureMaps.of(shape, data);
  }

  /** A code as its non-zeros in z, in the order of the pooled maps. */
  public static Row toRow(SparseCode code) {
    return sparse(
        code.switches().unpooled(),
        code.pooled().data(),
        code.switches().index(),
        code.pooled().nonZeros());
  }

  /** Maps as their non-zeros, in (map, row, column) order. */
  public static Row toSparseRow(FeatureMaps maps) {
    return sparse(maps.shape(), maps.data(), null, maps.nonZeros());
  }

  /**
   * @param index where each number lies in maps of this shape; null: in their order
   */
  private static Row sparse(Shape shape, float[] numbers, int[] index, int count) {
    Integer[] indices = new Integer[count];
    Float[] values = new Float[count];
    int at = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != 0) {
        indices[at] = index == null ? i : index[i];
        values[at++] = numbers[i];
      }
    }
    return RowFactory.create(shape.maps(), shape.height(), shape.width(), indices, values);
  }
}
