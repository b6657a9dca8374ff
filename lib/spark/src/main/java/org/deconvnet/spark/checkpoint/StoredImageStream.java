package org.deconvnet.spark.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Maps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * Images in a stream of bytes, one after the other: the id, its length in front; the input; the
 * code, 1 or 2 in front, or 0 for none. Maps are three sizes (maps, rows, columns), then
 * little-endian float32; a code after a 2 is sparse: sizes, how many entries, their places, their
 * numbers. A length of −1 ends the stream. One image is in memory at a time. Not thread-safe.
 *
 * @param <I> the family's state of an image
 */
public final class StoredImageStream<I extends TrainingImage> implements Iterator<I> {
  private static final int END = -1;
  private static final int NONE = 0;
  private static final int DENSE = 1;
  private static final int SPARSE = 2;
  private static final int LONGEST_ID = 1 << 16;
  private static final long MOST_NUMBERS = 1L << 28;

  private final DataInputStream in;
  private final CheckedInputStream checked;
  private final TrainingImage.Maker<I> maker;
  private final String place;
  private final long checksum;
  private int length;

  /**
   * @param place for messages
   * @param checksum that the bytes should have
   */
  public StoredImageStream(
      DataInputStream source, TrainingImage.Maker<I> maker, String place, long checksum)
      throws IOException {
    this.maker = maker;
    this.checked = new CheckedInputStream(source, new CRC32C());
    this.in = new DataInputStream(checked);
    this.place = place;
    this.checksum = checksum;
    this.length = nextLength();
  }

  public static void write(TrainingImage image, DataOutputStream out) throws IOException {
    byte[] id = image.id().getBytes(StandardCharsets.UTF_8);
    out.writeInt(id.length);
    out.write(id);
    write(image.image(), out);
    Maps code = image.keptCode();
    if (code == null) {
      out.writeByte(NONE);
    } else if (code.isSparse()) {
      out.writeByte(SPARSE);
      write(code.sparse(), out);
    } else {
      out.writeByte(DENSE);
      write(code.dense(), out);
    }
  }

  private static void write(FeatureMaps maps, DataOutputStream out) throws IOException {
    write(maps.shape(), out);
    out.write(FloatBytes.of(maps.data()));
  }

  private static void write(SparseMaps maps, DataOutputStream out) throws IOException {
    write(maps.shape(), out);
    out.writeInt(maps.entries());
    for (int place : maps.index()) {
      out.writeInt(place);
    }
    out.write(FloatBytes.of(maps.values()));
  }

  private static void write(Shape shape, DataOutputStream out) throws IOException {
    out.writeInt(shape.maps());
    out.writeInt(shape.height());
    out.writeInt(shape.width());
  }

  public static void writeEnd(DataOutputStream out) throws IOException {
    out.writeInt(END);
  }

  @Override
  public boolean hasNext() {
    return length != END;
  }

  @Override
  public I next() {
    if (!hasNext()) {
      throw new NoSuchElementException(place);
    }
    try {
      String id = new String(bytes(length), StandardCharsets.UTF_8);
      FeatureMaps image = maps();
      Maps code = code();
      length = nextLength();
      return maker.of(id, image, code);
    } catch (IOException e) {
      throw CheckpointFolder.damaged(place, e);
    }
  }

  private int nextLength() throws IOException {
    int next = in.readInt();
    if (next == END && checked.getChecksum().getValue() != checksum) {
      throw new IOException(
          "expected checksum %08x, got %08x".formatted(checksum, checked.getChecksum().getValue()));
    }
    if (next < END || next > LONGEST_ID) {
      throw new IOException("expected the length of an id, got " + next);
    }
    return next;
  }

  private Maps code() throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case NONE -> null;
      case DENSE -> maps();
      case SPARSE -> sparseMaps();
      default -> throw new IOException("expected a code or none, got " + kind);
    };
  }

  private SparseMaps sparseMaps() throws IOException {
    // Zeros take no memory, however many there are.
    Shape shape = shape(Integer.MAX_VALUE);
    int entries = in.readInt();
    if (entries < 0 || entries > Math.min(shape.size(), MOST_NUMBERS)) {
      throw new IOException("expected at most %d entries, got %d".formatted(shape.size(), entries));
    }
    IntBuffer places = ByteBuffer.wrap(bytes(entries * Integer.BYTES)).asIntBuffer();
    int[] index = new int[entries];
    places.get(index);
    float[] values = FloatBytes.toFloats(bytes(entries * Float.BYTES));
    try {
      return new SparseMaps(shape, index, values);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private FeatureMaps maps() throws IOException {
    Shape shape = shape(MOST_NUMBERS);
    return FeatureMaps.of(shape, FloatBytes.toFloats(bytes(shape.size() * Float.BYTES)));
  }

  private Shape shape(long mostNumbers) throws IOException {
    int maps = in.readInt();
    int rows = in.readInt();
    int columns = in.readInt();
    // A product of doubles cannot overflow, whatever the damaged sizes are.
    if (maps < 1 || rows < 1 || columns < 1 || (double) maps * rows * columns > mostNumbers) {
      throw new IOException(
          "expected sizes of maps, got %d, %d, %d".formatted(maps, rows, columns));
    }
    return new Shape(maps, rows, columns);
  }

  /** Grows with what is there: damaged sizes take no memory. */
  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the file ends too early");
    }
    return bytes;
  }
}
