package org.deconvnet.preprocess;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Image files made in memory, sound and damaged ones. */
final class ImageBytes {
  private ImageBytes() {}

  static byte[] write(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer of " + format + " takes this image");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** An image of this type whose every pixel has these samples. */
  static BufferedImage uniform(int type, int width, int height, int... samples) {
    BufferedImage image = new BufferedImage(width, height, type);
    fill(image.getRaster(), samples);
    return image;
  }

  static void fill(WritableRaster raster, int... samples) {
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        raster.setPixel(x, y, samples);
      }
    }
  }

  /** Texture that compresses badly, so that cuts fall into coded data. */
  static BufferedImage textured(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x * 7919 + y * 104729 + x * y * 31) & 0xFFFFFF);
      }
    }
    return image;
  }

  /** A four-channel JPEG with an Adobe marker: transform 0 is CMYK, 2 is YCCK, both inverted. */
  static byte[] adobeJpeg(int transform, int... samples) {
    WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
    fill(raster, samples);
    byte[] plain = writeRaster(raster);
    byte[] adobe = {
      (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
    };
    return splice(plain, 2, adobe);
  }

  private static byte[] writeRaster(Raster raster) {
    ImageWriter writer = jdkWriter("jpeg");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** The one that writes rasters as they are. */
  static ImageWriter jdkWriter(String format) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getModule().getName() != null) {
        return writer;
      }
    }
    throw new IllegalStateException("the JDK has no writer of " + format);
  }

  static byte[] splice(byte[] into, int at, byte[] bytes) {
    return ByteBuffer.allocate(into.length + bytes.length)
        .put(into, 0, at)
        .put(bytes)
        .put(into, at, into.length - at)
        .array();
  }

  /** A PNM file: the header as text, then the bytes. */
  static byte[] pnm(String header, int... bytes) {
    byte[] samples = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      samples[i] = (byte) bytes[i];
    }
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    return splice(text, text.length, samples);
  }

  /** Writes another size into a PNG's header and renews its checksum. */
  static byte[] withPngSize(byte[] png, int width, int height) {
    ByteBuffer changed = ByteBuffer.wrap(png.clone()).putInt(16, width).putInt(20, height);
    CRC32 sum = new CRC32();
    sum.update(changed.array(), 12, 17);
    return changed.putInt(29, (int) sum.getValue()).array();
  }

  /** Writes another size into the frame header (SOF0) of a baseline JPEG. */
  static byte[] withJpegSize(byte[] jpeg, int width, int height) {
    int frame = 2;
    while ((jpeg[frame + 1] & 0xFF) != 0xC0) {
      frame += 2 + ByteBuffer.wrap(jpeg).getShort(frame + 2);
    }
    return ByteBuffer.wrap(jpeg.clone())
        .putShort(frame + 5, (short) height)
        .putShort(frame + 7, (short) width)
        .array();
  }
}
