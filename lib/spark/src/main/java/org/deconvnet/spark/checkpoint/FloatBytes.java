package org.deconvnet.spark.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Float arrays as little-endian bytes. Stateless. */
final class FloatBytes {
  private FloatBytes() {}

  static byte[] of(float[] numbers) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(numbers);
    return buffer.array();
  }

  static float[] toFloats(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }

  static long checksum(float[] numbers) {
    CRC32C crc = new CRC32C();
    crc.update(of(numbers));
    return crc.getValue();
  }
}
