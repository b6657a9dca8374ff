package org.deconvnet.preprocess;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Steps from chunk to chunk of a WebP file, which is a RIFF, by their lengths. For one thread. */
final class WebpChunks {
  static final String EXIF = "EXIF";

  private static final int HEADER = 12;

  /** A chunk's name and length. */
  private static final int FRAME = 8;

  /** The bit of the extended header's flags that announces a colour profile. */
  private static final int PROFILE = 0x20;

  private final ByteBuffer content;
  private final int limit;
  private int start;
  private long next;

  WebpChunks(byte[] content) {
    this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.limit = (int) Math.min(content.length, end(this.content));
    this.next = HEADER;
  }

  /** The chunks within this one, after so many bytes of its own. */
  private WebpChunks(WebpChunks around, int bytes) {
    this.content = around.content;
    this.limit = around.to();
    this.next = (long) around.from() + bytes;
  }

  WebpChunks within(int bytes) {
    return new WebpChunks(this, bytes);
  }

  /** Where the file ends by its own word. */
  private static long end(ByteBuffer content) {
    return content.limit() < HEADER ? HEADER : FRAME + (content.getInt(4) & 0xFFFFFFFFL);
  }

  /** Goes on to the next chunk; false at the end, or if the content ends before the chunk does. */
  boolean next() {
    if (next + FRAME > limit || next + FRAME + length((int) next) > limit) {
      return false;
    }
    start = (int) next;
    next += FRAME + length(start) + (length(start) & 1);
    return true;
  }

  private long length(int chunk) {
    return content.getInt(chunk + 4) & 0xFFFFFFFFL;
  }

  boolean is(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (content.get(start + i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where its data begin. */
  int from() {
    return start + FRAME;
  }

  /** Where its data end. */
  int to() {
    return start + FRAME + (int) length(start);
  }

  /** Truncated where the file is shorter than it says, or its last chunk does not fit into it. */
  static FileIntegrity integrity(byte[] content) {
    WebpChunks chunks = new WebpChunks(content);
    boolean any = false;
    while (chunks.next()) {
      any = true;
    }
    boolean whole = end(chunks.content) <= content.length && chunks.next + FRAME > chunks.limit;
    return any && whole ? FileIntegrity.COMPLETE : FileIntegrity.TRUNCATED;
  }

  /** The same file without a word of its colour profile; the same array if it has none. */
  static byte[] withoutProfile(byte[] content) {
    WebpChunks chunks = new WebpChunks(content);
    if (!chunks.next() || !chunks.is("VP8X") || chunks.from() == chunks.to()) {
      return content;
    }
    byte flags = content[chunks.from()];
    if ((flags & PROFILE) == 0) {
      return content;
    }
    byte[] plain = content.clone();
    plain[chunks.from()] = (byte) (flags & ~PROFILE);
    return plain;
  }
}
