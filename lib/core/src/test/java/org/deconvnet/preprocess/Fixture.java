package org.deconvnet.preprocess;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Image files that no writer here makes, 40 x 24 pixels each, their colours those of {@link #rgb}.
 */
final class Fixture {
  static final int WIDTH = 40;
  static final int HEIGHT = 24;

  private Fixture() {}

  static byte[] read(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  static int rgb(int x, int y) {
    return (x * 6) << 16 | (y * 10) << 8 | ((x * 7 + y * 13) % 64) * 3;
  }
}
