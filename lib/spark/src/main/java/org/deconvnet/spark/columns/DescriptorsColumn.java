package org.deconvnet.spark.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.ActivationDescriptors;
import org.deconvnet.describe.ActivationOptions;
import org.deconvnet.describe.ActivationResponse;
import org.deconvnet.describe.ActivationResponses;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.describe.DescriptorWeights;
import org.deconvnet.tensor.Shape;

/**
 * Descriptors of an image's strongest activations as Spark rows, to be made where they are read: a
 * row holds what layer 1 sees of each activation, and how that is described. So its size does not
 * depend on how dense the patches lie. Arrays are little-endian bytes, because Spark would box each
 * number of an array.
 */
public final class DescriptorsColumn {
  public static final StructType SCHEMA =
      new StructType()
          .add("imageHeight", DataTypes.IntegerType, false)
          .add("imageWidth", DataTypes.IntegerType, false)
          .add("maps", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("places", DataTypes.BinaryType, false)
          .add("windows", DataTypes.BinaryType, false)
          .add("values", DataTypes.BinaryType, false)
          .add("activations", DataTypes.IntegerType, false)
          .add("leastShare", DataTypes.DoubleType, false)
          .add("weights", DataTypes.StringType, false)
          .add("patch", DataTypes.IntegerType, false)
          .add("step", DataTypes.IntegerType, false)
          .add("cells", DataTypes.IntegerType, false)
          .add("clip", DataTypes.DoubleType, false);

  /** Numbers of a window: first row, first column, rows, columns, and how many values it has. */
  private static final int WINDOW = 5;

  private DescriptorsColumn() {}

  public static Row toRow(
      ActivationResponses image, ActivationOptions activations, DescriptorOptions descriptors) {
    List<ActivationResponse> responses = image.activations();
    int numbers = responses.stream().mapToInt(response -> response.values().length).sum();
    byte[] values = bytes(numbers);
    byte[] windows = bytes(responses.size() * WINDOW);
    ByteBuffer nextValue = numbers(values);
    ByteBuffer nextWindow = numbers(windows);
    for (ActivationResponse response : responses) {
      nextWindow.putInt(response.top()).putInt(response.left());
      nextWindow.putInt(response.height()).putInt(response.width());
      nextWindow.putInt(response.values().length);
      for (float value : response.values()) {
        nextValue.putFloat(value);
      }
    }
    byte[] places = bytes(image.places().length);
    numbers(places).asIntBuffer().put(image.places());
    return RowFactory.create(
        image.imageHeight(),
        image.imageWidth(),
        image.frame().maps(),
        image.frame().height(),
        image.frame().width(),
        places,
        windows,
        values,
        activations.strongest(),
        activations.leastShare(),
        activations.weights().name(),
        descriptors.patch(),
        descriptors.step(),
        descriptors.cells(),
        descriptors.clip());
  }

  /** The descriptors of a row, made one activation after the other as they are gone through. */
  public static ActivationDescriptors fromRow(Row row) {
    byte[] stored = row.getAs(5);
    int[] places = new int[stored.length / Integer.BYTES];
    numbers(stored).asIntBuffer().get(places);
    ActivationResponses responses =
        new ActivationResponses(
            row.getInt(0),
            row.getInt(1),
            new Shape(row.getInt(2), row.getInt(3), row.getInt(4)),
            places,
            responses(numbers(row.getAs(6)), numbers(row.getAs(7))));
    return new ActivationDescriptors(
        responses,
        new ActivationOptions(
            row.getInt(8), row.getDouble(9), DescriptorWeights.valueOf(row.getString(10))),
        new DescriptorOptions(row.getInt(11), row.getInt(12), row.getInt(13), row.getDouble(14)));
  }

  private static List<ActivationResponse> responses(ByteBuffer windows, ByteBuffer values) {
    List<ActivationResponse> responses = new ArrayList<>();
    while (windows.hasRemaining()) {
      int top = windows.getInt();
      int left = windows.getInt();
      int height = windows.getInt();
      int width = windows.getInt();
      float[] numbers = new float[windows.getInt()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = values.getFloat();
      }
      responses.add(new ActivationResponse(top, left, height, width, numbers));
    }
    return responses;
  }

  private static byte[] bytes(int numbers) {
    return new byte[Math.multiplyExact(numbers, Integer.BYTES)];
  }

  private static ByteBuffer numbers(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
