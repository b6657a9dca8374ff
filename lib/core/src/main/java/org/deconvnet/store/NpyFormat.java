package org.deconvnet.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Arrays of little-endian float32 in NumPy's NPY format, version 1.0 (numpy.lib.format), C order:
 * what {@code numpy.load} reads. Thread-safe.
 */
public final class NpyFormat {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int MAX_HEADER = 1 << 12;
  private static final int MOST_NUMBERS = 1 << 28;

  private NpyFormat() {}

  public static void write(OutputStream out, float[] data, int... shape) throws IOException {
    begin(out, Arrays.stream(shape).asLongStream().toArray());
    append(out, data);
  }

  /** Writes what comes before the numbers, for arrays that are written piece by piece. */
  public static void begin(OutputStream out, long... shape) throws IOException {
    begin(out, "<f4", shape);
  }

  /**
   * As the other, for other things than float32.
   *
   * @param type as NumPy writes it
   */
  static void begin(OutputStream out, String type, long... shape) throws IOException {
    String axes = Arrays.stream(shape).mapToObj(n -> n + ", ").collect(Collectors.joining());
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, axes.trim());
    int padding = 64 - (MAGIC.length + 2 + header.length() + 1) % 64;
    header = header + " ".repeat(padding % 64) + "\n";
    ByteBuffer buffer =
        ByteBuffer.allocate(MAGIC.length + 2 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).putShort((short) header.length());
    buffer.put(header.getBytes(StandardCharsets.US_ASCII));
    out.write(buffer.array());
  }

  /** Writes the next numbers of an array that was begun. */
  public static void append(OutputStream out, float[] numbers) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(numbers);
    out.write(buffer.array());
  }

  /**
   * Reads an array of exactly this shape.
   *
   * @throws IOException if the stream holds anything else, or the shape more than 2²⁸ numbers;
   *     memory is taken for what is there only
   */
  public static float[] read(InputStream in, String what, int... shape) throws IOException {
    int count = count(what, shape);
    DataInputStream stream = new DataInputStream(in);
    try {
      String header = header(stream, what);
      String axes = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining());
      String got = header.replace(" ", "");
      if (!got.contains("'descr':'<f4'") || !got.contains("'fortran_order':False")) {
        throw new IOException(what + ": expected little-endian float32 in C order, got " + header);
      }
      if (!got.contains("'shape':(" + axes + ")")
          && !got.contains("'shape':(" + axes.substring(0, axes.length() - 1) + ")")) {
        throw new IOException(
            "%s: expected an array of shape %s, got %s"
                .formatted(what, Arrays.toString(shape), header.trim()));
      }
      return numbers(stream, count);
    } catch (EOFException e) {
      throw new IOException(what + ": the file ends too early; copy the model again", e);
    }
  }

  /** The shape comes from metadata, which may be damaged or hostile. */
  static int count(String what, int... shape) throws IOException {
    double count = 1;
    for (int axis : shape) {
      count *= axis;
    }
    if (!(count >= 0 && count <= MOST_NUMBERS)) {
      throw new IOException(
          "%s: expected at most %d numbers, but the metadata asks for the shape %s; it is damaged"
              .formatted(what, MOST_NUMBERS, Arrays.toString(shape)));
    }
    return (int) count;
  }

  static String header(DataInputStream stream, String what) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    stream.readFully(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException(what + ": expected an NPY file of version 1.0, got other bytes");
    }
    int length = Short.toUnsignedInt(Short.reverseBytes(stream.readShort()));
    if (length > MAX_HEADER) {
      throw new IOException(
          "%s: expected a header of at most %d bytes, got %d".formatted(what, MAX_HEADER, length));
    }
    byte[] header = new byte[length];
    stream.readFully(header);
    return new String(header, StandardCharsets.US_ASCII);
  }

  private static float[] numbers(DataInputStream stream, int count) throws IOException {
    // Grows with what is there: a short file that claims to be huge takes no memory.
    byte[] bytes = stream.readNBytes(Math.multiplyExact(count, Float.BYTES));
    if (bytes.length < count * Float.BYTES) {
      throw new EOFException();
    }
    float[] data = new float[count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(data);
    return data;
  }
}
