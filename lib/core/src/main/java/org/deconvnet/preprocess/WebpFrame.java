package org.deconvnet.preprocess;

import java.io.IOException;

/**
 * The coded picture of a WebP file; of an animated one the first. It tells its size a second time,
 * which decides how much memory decoding takes.
 */
final class WebpFrame {
  /** Place, size, duration and flags of an animation's frame, before its chunks. */
  private static final int ANIMATED = 16;

  private static final int LOSSY_HEADER = 10;
  private static final int LOSSLESS_HEADER = 5;

  /** Sizes have 14 bits. */
  private static final int SIZE = 0x3FFF;

  private WebpFrame() {}

  /**
   * @throws IOException if there is no picture, more than one in its place, or one of another size
   */
  static void require(byte[] content, int width, int height) throws IOException {
    int pictures = count(content, new WebpChunks(content), width, height);
    if (pictures != 1) {
      throw new IOException("expected one picture, got " + pictures);
    }
  }

  private static int count(byte[] content, WebpChunks chunks, int width, int height)
      throws IOException {
    int pictures = 0;
    while (chunks.next()) {
      if (chunks.is("ANMF")) {
        return pictures + count(content, chunks.within(ANIMATED), width, height);
      }
      if (chunks.is("VP8 ")) {
        requireSize(lossySize(content, chunks), width, height);
        pictures++;
      } else if (chunks.is("VP8L")) {
        requireSize(losslessSize(content, chunks), width, height);
        pictures++;
      }
    }
    return pictures;
  }

  private static void requireSize(int[] size, int width, int height) throws IOException {
    if (size[0] != width || size[1] != height) {
      throw new IOException(
          "expected a picture of %d x %d pixels as the file's header says, got %d x %d"
              .formatted(width, height, size[0], size[1]));
    }
  }

  private static int[] lossySize(byte[] content, WebpChunks chunk) {
    int at = chunk.from() + 6;
    return chunk.to() - chunk.from() < LOSSY_HEADER
        ? new int[] {0, 0}
        : new int[] {little(content, at, 2) & SIZE, little(content, at + 2, 2) & SIZE};
  }

  private static int[] losslessSize(byte[] content, WebpChunks chunk) {
    if (chunk.to() - chunk.from() < LOSSLESS_HEADER) {
      return new int[] {0, 0};
    }
    int bits = little(content, chunk.from() + 1, 4);
    return new int[] {1 + (bits & SIZE), 1 + (bits >>> 14 & SIZE)};
  }

  private static int little(byte[] content, int at, int bytes) {
    int number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | (content[at + i] & 0xFF);
    }
    return number;
  }
}
