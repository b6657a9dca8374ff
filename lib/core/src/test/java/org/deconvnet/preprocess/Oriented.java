package org.deconvnet.preprocess;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Puts EXIF blocks into image files. */
public final class Oriented {
  private Oriented() {}

  /** A block that says this orientation and nothing else. */
  public static byte[] block(int orientation, ByteOrder order) {
    return new TiffBytes(order).put(TiffTags.ORIENTATION, orientation).bytes();
  }

  public static byte[] jpeg(byte[] plain, byte[] block) {
    byte[] segment =
        ByteBuffer.allocate(10 + block.length)
            .putShort((short) 0xFFE1)
            .putShort((short) (8 + block.length))
            .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
            .put(block)
            .array();
    int afterJfif = 4 + ByteBuffer.wrap(plain).getShort(4);
    return ImageBytes.splice(plain, afterJfif, segment);
  }

  /** Behind the header's chunk. */
  public static byte[] png(byte[] plain, byte[] block) {
    ByteBuffer chunk =
        ByteBuffer.allocate(12 + block.length)
            .putInt(block.length)
            .put("eXIf".getBytes(StandardCharsets.US_ASCII))
            .put(block);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + block.length);
    return ImageBytes.splice(plain, 33, chunk.putInt((int) sum.getValue()).array());
  }

  /** A WebP of one chunk becomes one with the extended header, and the block at its end. */
  public static byte[] webp(byte[] plain, int width, int height, byte[] block) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] extended =
        ByteBuffer.allocate(10)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(8)
            .put((byte) (width - 1))
            .putShort((short) 0)
            .put((byte) (height - 1))
            .array();
    chunk(out, "VP8X", extended);
    out.write(plain, 12, plain.length - 12);
    chunk(out, "EXIF", block);
    ByteBuffer file = ByteBuffer.allocate(12 + out.size()).order(ByteOrder.LITTLE_ENDIAN);
    file.put(plain, 0, 4).putInt(4 + out.size()).put(plain, 8, 4).put(out.toByteArray());
    return file.array();
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte[] data) {
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(data.length).array());
    out.writeBytes(data);
    if (data.length % 2 == 1) {
      out.write(0);
    }
  }
}
