package org.deconvnet.spark.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Feature maps in a column: the only place that knows the schemas. Dense maps are a struct of their
 * size and little-endian float32 in (map, row, column) order; as bytes, because Spark would box
 * each number of an array. Maps that another program made may have an array of numbers there
 * ({@link #FLOATS}, {@link #DOUBLES}). Codes are sparse: the flat indices of their non-zeros, and
 * the values.
 */
public final class FeatureMapsColumn {
  /** Dense maps. */
  public static final StructType DENSE = size().add("values", DataTypes.BinaryType, false);

  /** Dense maps with an array of float in place of bytes: stages read them, and write none. */
  public static final StructType FLOATS = withArray(DataTypes.FloatType);

  /** The same with an array of double. */
  public static final StructType DOUBLES = withArray(DataTypes.DoubleType);

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

  private static StructType withArray(DataType number) {
    return size().add("values", DataTypes.createArrayType(number, false), false);
  }

  /** Whether {@link #fromRow} reads this type, nullability aside. */
  public static boolean isDense(DataType type) {
    return List.of(DENSE, FLOATS, DOUBLES).stream()
        .anyMatch(one -> one.asNullable().equals(type.asNullable()));
  }

  /** Throws unless the column is there and {@link #fromRow} reads it. */
  public static void requireDense(StructType schema, String column, String stage) {
    Columns.require(schema, column, FeatureMapsColumn::isDense, expected(), stage);
  }

  static String expected() {
    return DENSE.catalogString() + ", or with values:array<float> or array<double>";
  }

  public static Row toRow(FeatureMaps maps) {
    ByteBuffer bytes =
        ByteBuffer.allocate(maps.data().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(maps.data());
    return RowFactory.create(maps.maps(), maps.height(), maps.width(), bytes.array());
  }

  /**
   * Dense maps, as bytes or as an array.
   *
   * @throws UserErrorException if a part is null, or there are not as many numbers as the size says
   */
  public static FeatureMaps fromRow(Row row) {
    if (row.anyNull()) {
      throw new UserErrorException("maps: expected their size and their values, got a null");
    }
    Shape shape = shape(row);
    Object values = row.get(3);
    return FeatureMaps.of(
        shape,
        values instanceof byte[] bytes
            ? floats(shape, bytes)
            : floats(shape, NumberArray.of(row, 3)));
  }

  private static float[] floats(Shape shape, byte[] bytes) {
    requireAll(shape, bytes.length / Float.BYTES);
    float[] data = new float[shape.size()];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(data);
    return data;
  }

  private static float[] floats(Shape shape, List<Number> values) {
    requireAll(shape, values.size());
    float[] data = new float[shape.size()];
    int at = 0;
    for (Number value : values) {
      if (value == null) {
        throw new UserErrorException("maps: expected numbers, got null at " + at);
      }
      data[at++] = value.floatValue();
    }
    return data;
  }

  private static void requireAll(Shape shape, int got) {
    if (got != shape.size()) {
      throw new UserErrorException(
          "maps: expected %d values for %s, got %d".formatted(shape.size(), shape, got));
    }
  }

  /** The size of a row's maps, dense or sparse. */
  public static Shape shape(Row row) {
    return new Shape(row.getInt(0), row.getInt(1), row.getInt(2));
  }

  /** Where the entries of a sparse row lie. */
  public static int[] indices(Row sparse) {
    return NumberArray.of(sparse, 3).stream().mapToInt(Number::intValue).toArray();
  }

  /** The entries of a sparse row, in the same order. */
  public static float[] values(Row sparse) {
    List<Number> list = NumberArray.of(sparse, 4);
    float[] values = new float[list.size()];
    int at = 0;
    for (Number value : list) {
      values[at++] = value.floatValue();
    }
    return values;
  }

  /** A code as its non-zeros in z, in the order of the pooled maps. */
  public static Row toRow(SparseCode code) {
    return sparse(
        code.switches().unpooled(),
        code.pooled().data(),
        code.switches().index(),
        code.pooled().nonZeros());
  }

  /** Sparse maps, entry by entry. */
  public static Row toRow(SparseMaps maps) {
    Integer[] indices = new Integer[maps.entries()];
    Float[] values = new Float[maps.entries()];
    for (int e = 0; e < indices.length; e++) {
      indices[e] = maps.index()[e];
      values[e] = maps.values()[e];
    }
    Shape shape = maps.shape();
    return RowFactory.create(shape.maps(), shape.height(), shape.width(), indices, values);
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
