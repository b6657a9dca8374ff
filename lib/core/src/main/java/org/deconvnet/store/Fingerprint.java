package org.deconvnet.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.deconvnet.tensor.Connectivity;

/** sha256 over numbers in the order they come, little-endian. Not thread-safe. */
public final class Fingerprint {
  private final MessageDigest digest;

  public Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }

  public Fingerprint add(int value) {
    digest.update(room(Integer.BYTES).putInt(value).flip());
    return this;
  }

  public Fingerprint add(double value) {
    digest.update(room(Double.BYTES).putDouble(value).flip());
    return this;
  }

  public Fingerprint add(float[] values) {
    ByteBuffer buffer = room(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    // The view has a position of its own: the whole buffer is still to be read.
    digest.update(buffer);
    return this;
  }

  public Fingerprint add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** One byte a pair of map and channel, map by map. */
  public Fingerprint add(Connectivity connectivity) {
    byte[] bits = new byte[connectivity.maps() * connectivity.channels()];
    for (int i = 0; i < bits.length; i++) {
      int channels = connectivity.channels();
      bits[i] = (byte) (connectivity.connects(i / channels, i % channels) ? 1 : 0);
    }
    digest.update(bits);
    return this;
  }

  private static ByteBuffer room(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
