package org.deconvnet.preprocess;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A TIFF put together field by field, of strips as they are given; an EXIF block without any. */
final class TiffBytes {
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final ByteOrder order;
  private final Map<Integer, long[]> fields = new TreeMap<>();
  private byte[] strip = new byte[0];

  TiffBytes(ByteOrder order) {
    this.order = order;
  }

  static TiffBytes page(int width, int height, int colours, int samples, int bits) {
    long[] all = new long[samples];
    Arrays.fill(all, bits);
    return new TiffBytes(ByteOrder.LITTLE_ENDIAN)
        .put(TiffTags.WIDTH, width)
        .put(TiffTags.HEIGHT, height)
        .put(TiffTags.BITS, all)
        .put(TiffTags.COMPRESSION, 1)
        .put(TiffTags.COLOURS, colours)
        .put(TiffTags.SAMPLES, samples)
        .put(TiffTags.ROWS, height);
  }

  TiffBytes put(int tag, long... values) {
    fields.put(tag, values);
    return this;
  }

  TiffBytes strip(int... samples) {
    strip = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      strip[i] = (byte) samples[i];
    }
    put(TiffTags.STRIP_OFFSETS, 8);
    return put(TiffTags.STRIP_BYTES, samples.length);
  }

  byte[] bytes() {
    int directory = 8 + strip.length + strip.length % 2;
    int values = directory + 2 + 12 * fields.size() + 4;
    ByteBuffer head = ByteBuffer.allocate(values).order(order);
    head.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'});
    head.putShort((short) 42).putInt(directory).put(strip).position(directory);
    head.putShort((short) fields.size());
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    fields.forEach((tag, all) -> field(head, tag, all, values, more));
    return ImageBytes.splice(head.array(), values, more.toByteArray());
  }

  private void field(ByteBuffer head, int tag, long[] all, int values, ByteArrayOutputStream more) {
    int type = tag == TiffTags.STRIP_OFFSETS || tag == TiffTags.STRIP_BYTES ? LONG : SHORT;
    ByteBuffer data = ByteBuffer.allocate(Math.max(4, all.length * 4)).order(order);
    for (long value : all) {
      if (type == LONG) {
        data.putInt((int) value);
      } else {
        data.putShort((short) value);
      }
    }
    head.putShort((short) tag).putShort((short) type).putInt(all.length);
    if (all.length * (type == LONG ? 4 : 2) <= 4) {
      head.put(data.array(), 0, 4);
    } else {
      head.putInt(values + more.size());
      more.writeBytes(data.array());
    }
  }
}
