package org.deconvnet.jobs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that can be shut: what is written from then on is dropped. Thread-safe. */
final class Gate extends FilterOutputStream {
  private boolean shut;

  Gate(OutputStream out) {
    super(out);
  }

  synchronized void shut() {
    shut = true;
  }

  @Override
  public synchronized void write(int one) throws IOException {
    if (!shut) {
      out.write(one);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int count) throws IOException {
    if (!shut) {
      out.write(bytes, from, count);
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    out.flush();
  }
}
