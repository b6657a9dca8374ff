package org.deconvnet.view;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Turns a picture into PNG bytes without touching the disk. */
public final class PngWriter {
  private PngWriter() {}

  /**
   * The same picture gives the same bytes on the same JDK: no time and no comment is written.
   *
   * @throws IllegalArgumentException if the JDK cannot write this kind of picture as PNG
   */
  public static byte[] encode(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // ImageIO would otherwise buffer in a temporary file, which a locked-down worker may not have.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(picture, "png", out)) {
        throw new IllegalArgumentException(
            "PNG: expected an RGB or grey picture, got " + picture.getColorModel());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PNG: could not encode a picture in memory", e);
    }
    return bytes.toByteArray();
  }
}
