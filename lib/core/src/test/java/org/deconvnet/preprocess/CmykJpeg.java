package org.deconvnet.preprocess;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A small JPEG of four components, as the JDK's own writer makes one from a raster. */
final class CmykJpeg {
  private CmykJpeg() {}

  static byte[] plain() {
    WritableRaster raster =
        Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, 16, 8, 4, null);
    for (int x = 0; x < 16; x++) {
      for (int y = 0; y < 8; y++) {
        raster.setPixel(x, y, new int[] {x * 15, y * 30, 100, 20});
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun")) {
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
          writer.setOutput(stream);
          writer.write(new IIOImage(raster, null, null));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } finally {
          writer.dispose();
        }
        return out.toByteArray();
      }
    }
    throw new IllegalStateException("the JDK's JPEG writer is missing " + BufferedImage.class);
  }
}
