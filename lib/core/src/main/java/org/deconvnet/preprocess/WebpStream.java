package org.deconvnet.preprocess;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A WebP file as its reader gets it, with a few zeros behind it: the reader looks some bytes ahead,
 * and where there are none goes on with bits that nobody wrote, for as long as damaged data ask for
 * them. Here it comes to a stop. For one thread.
 */
final class WebpStream extends ImageInputStreamImpl {
  private static final int ZEROS = 16;

  /** Looks beyond even the zeros, before it is clear that the data do not end by themselves. */
  private static final int MOST_LOOKS = 8;

  private final byte[] content;
  private int looks;

  WebpStream(byte[] content) {
    this.content = content;
  }

  @Override
  public long length() {
    return (long) content.length + ZEROS;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    if (streamPos >= length()) {
      return end();
    }
    int at = (int) streamPos++;
    return at < content.length ? content[at] & 0xFF : 0;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    bitOffset = 0;
    if (count > 0 && streamPos >= length()) {
      return end();
    }
    int read = (int) Math.min(count, length() - streamPos);
    for (int i = 0; i < read; i++) {
      int at = (int) streamPos++;
      into[offset + i] = at < content.length ? content[at] : 0;
    }
    return read;
  }

  private int end() throws IOException {
    looks++;
    if (looks > MOST_LOOKS) {
      throw new IOException("the coded data do not end within the file");
    }
    return -1;
  }
}
