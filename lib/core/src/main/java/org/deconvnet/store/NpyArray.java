package org.deconvnet.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deconvnet.tensor.UserErrorException;

/**
 * An NPY file from elsewhere, of whatever shape it has: little-endian float32 or float64 in C
 * order, finite numbers alone.
 *
 * @param shape numbers along each axis
 * @param data the numbers, last axis fastest; float64 is rounded to float32
 */
public record NpyArray(int[] shape, float[] data) {
  private static final Pattern TYPE = Pattern.compile("'descr': *'([^']*)'");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([\\d, ]*)\\)");
  private static final String SINGLE = "<f4";
  private static final String DOUBLE = "<f8";

  /**
   * Reads an array.
   *
   * @param what for messages: the file
   * @throws UserErrorException if the file holds anything else, or a number that is not finite;
   *     says how NumPy mends it
   * @throws IOException if the stream cannot be read
   */
  public static NpyArray read(InputStream in, String what) throws IOException {
    DataInputStream stream = new DataInputStream(in);
    try {
      String header = NpyFormat.header(stream, what);
      String type = requireType(header, what);
      if (!header.contains("'fortran_order': False")) {
        throw new UserErrorException(
            what
                + ": expected C order, got Fortran order; save numpy.ascontiguousarray(array) in"
                + " its place");
      }
      int[] shape = shape(header, what);
      int bytes = type.equals(SINGLE) ? Float.BYTES : Double.BYTES;
      int count = NpyFormat.count(what, shape);
      byte[] numbers = stream.readNBytes(Math.multiplyExact(count, bytes));
      if (numbers.length < count * bytes) {
        throw new EOFException();
      }
      return new NpyArray(shape, requireFinite(floats(numbers, count, bytes), shape, what));
    } catch (EOFException e) {
      throw new IOException(what + ": the file ends too early; copy it again", e);
    }
  }

  private static String requireType(String header, String what) {
    Matcher type = TYPE.matcher(header);
    String got = type.find() ? type.group(1) : "none";
    if (!got.equals(SINGLE) && !got.equals(DOUBLE)) {
      throw new UserErrorException(
          "%s: expected numbers of type %s or %s, got %s; save array.astype('%s') in its place"
              .formatted(what, SINGLE, DOUBLE, got, SINGLE));
    }
    return got;
  }

  private static int[] shape(String header, String what) {
    Matcher shape = SHAPE.matcher(header);
    if (!shape.find()) {
      throw new UserErrorException(
          "%s: expected a shape in the header, got %s".formatted(what, header.strip()));
    }
    try {
      return Arrays.stream(shape.group(1).split("[, ]+"))
          .filter(axis -> !axis.isEmpty())
          .mapToInt(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException e) {
      throw new UserErrorException(
          "%s: expected axes of a whole number each, got (%s)".formatted(what, shape.group(1)));
    }
  }

  private static float[] floats(byte[] numbers, int count, int bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN);
    float[] data = new float[count];
    for (int i = 0; i < count; i++) {
      data[i] = bytes == Float.BYTES ? buffer.getFloat() : (float) buffer.getDouble();
    }
    return data;
  }

  private static float[] requireFinite(float[] data, int[] shape, String what) {
    for (int i = 0; i < data.length; i++) {
      if (!Float.isFinite(data[i])) {
        throw new UserErrorException(
            "%s: expected finite numbers, got %s at %s"
                .formatted(what, data[i], Arrays.toString(place(i, shape))));
      }
    }
    return data;
  }

  private static int[] place(int flat, int[] shape) {
    int[] place = new int[shape.length];
    int rest = flat;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return place;
  }
}
