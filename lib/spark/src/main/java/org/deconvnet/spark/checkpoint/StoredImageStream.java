package org.deconvnet.spark.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Images in a stream of bytes, one after the other: the id, its length in front; the input; 1 and
 * the code, or 0. Maps are three sizes (maps, rows, columns), then little-endian float32. A length
 * of −1 ends the stream. One image is in memory at a time. Not thread-safe.
 *
 * @param <I> the family's state of an image
 */
public final class StoredImageStream<I extends TrainingImage> implements Iterator<I> {
  private static final int END = -1;
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
    out.writeBoolean(image.keptCode() != null);
    if (image.keptCode() != null) {
      write(image.keptCode(), out);
    }
  }

  private static void write(FeatureMaps maps, DataOutputStream out) throws IOException {
    out.writeInt(maps.maps());
    out.writeInt(maps.height());
    out.writeInt(maps.width());
    out.write(FloatBytes.of(maps.data()));
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
      FeatureMaps code = in.readBoolean() ? maps() : null;
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

  private FeatureMaps maps() throws IOException {
    int maps = in.readInt();
    int rows = in.readInt();
    int columns = in.readInt();
    // A product of doubles cannot overflow, whatever the damaged sizes are.
    if (maps < 1 || rows < 1 || columns < 1 || (double) maps * rows * columns > MOST_NUMBERS) {
      throw new IOException(
          "expected sizes of maps, got %d, %d, %d".formatted(maps, rows, columns));
    }
    Shape shape = new Shape(maps, rows, columns);
    return FeatureMaps.of(shape, FloatBytes.toFloats(bytes(shape.size() * Float.BYTES)));
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
