package org.deconvnet.preprocess;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.deconvnet.preprocess.ImageDecodeException.Reason;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Decodes JPEG, PNG, GIF (first frame), BMP, PBM, PGM and PPM files of any bit depth. CMYK and YCCK
 * JPEGs become RGB; transparent pixels show a white ground; orientation tags are not applied.
 * Thread-safe: every call has its own reader.
 */
public final class ImageDecoder {
  private static final String REPLACE = "; replace the file or leave it out";

  private ImageDecoder() {}

  /**
   * The image in a file's bytes, as maps in [0, 1]: one for a grey image, three (red, green, blue)
   * for a colour one. The size is read from the header and checked before anything is decoded.
   *
   * @throws ImageDecodeException if there is no whole, sound image within the limits; its reason
   *     says why
   */
  public static FeatureMaps decode(byte[] content, DecodeLimits limits) {
    return rows(content, limits).toMaps();
  }

  /** As {@link #decode}, row by row: the decoded samples are in memory, a byte or two each. */
  static PixelRows rows(byte[] content, DecodeLimits limits) {
    return read(content, limits, ImageDecoder::rows);
  }

  /**
   * The size of the image in a file's bytes, (height, width) in pixels, from its header alone.
   * Truncated files, and damage that shows without decoding, are refused as {@link #decode} refuses
   * them.
   *
   * @return the shape of one map: how many there are is not known without decoding
   * @throws ImageDecodeException if there is no whole image within the limits
   */
  public static Shape size(byte[] content, DecodeLimits limits) {
    return read(
        content,
        limits,
        (format, reader, warnings) -> new Shape(1, reader.getHeight(0), reader.getWidth(0)));
  }

  /** What is read from a file that is whole, as far as its structure shows. */
  private interface Reading<T> {
    T from(ImageFormat format, ImageReader reader, List<String> warnings) throws IOException;
  }

  private static <T> T read(byte[] content, DecodeLimits limits, Reading<T> reading) {
    checkLength(content, limits);
    ImageFormat format = ImageFormat.of(content).orElseThrow(() -> notAnImage(content));
    FileIntegrity integrity = FileIntegrity.of(format, content);
    try {
      return read(format, content, integrity, limits, reading);
    } catch (ImageDecodeException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers meet damaged files with exceptions of any kind, unchecked ones too.
      boolean ended = integrity == FileIntegrity.TRUNCATED || isCausedByTheEnd(e);
      throw ended ? truncated(format, content, e) : damaged(format, e.toString(), e);
    }
  }

  private static <T> T read(
      ImageFormat format,
      byte[] content,
      FileIntegrity integrity,
      DecodeLimits limits,
      Reading<T> reading)
      throws IOException {
    ImageReader reader = ImageReaders.create(format);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(in, true, true);
      checkPixels(format, reader.getWidth(0), reader.getHeight(0), limits);
      checkDensity(format, reader.getWidth(0), reader.getHeight(0), content.length);
      if (integrity == FileIntegrity.TRUNCATED) {
        throw truncated(format, content, null);
      }
      if (integrity == FileIntegrity.DAMAGED) {
        throw damaged(
            format,
            "its blocks are broken, a checksum does not hold, or it has far too many scans",
            null);
      }
      return reading.from(format, reader, warnings);
    } finally {
      reader.dispose();
    }
  }

  private static PixelRows rows(ImageFormat format, ImageReader reader, List<String> warnings)
      throws IOException {
    PixelRows rows = RasterRows.of(reader.read(0));
    warnings.stream()
        .filter(ImageDecoder::meansLostPixels)
        .findFirst()
        .ifPresent(
            warning -> {
              throw damaged(format, warning, null);
            });
    return rows;
  }

  private static void checkLength(byte[] content, DecodeLimits limits) {
    if (content.length == 0) {
      throw new ImageDecodeException(
          Reason.EMPTY, "image: expected the bytes of an image file, got none" + REPLACE);
    }
    if (content.length > limits.maxBytes()) {
      throw new ImageDecodeException(
          Reason.TOO_MANY_BYTES,
          "image: expected at most %d bytes, got %d; raise the limit or leave the file out"
              .formatted(limits.maxBytes(), content.length));
    }
  }

  private static void checkPixels(ImageFormat format, int width, int height, DecodeLimits limits) {
    long pixels = (long) width * height;
    if (pixels > limits.maxPixels()) {
      throw new ImageDecodeException(
          Reason.TOO_MANY_PIXELS,
          "%s image: expected at most %d pixels, got %d x %d = %d; raise the limit or shrink it"
              .formatted(format, limits.maxPixels(), width, height, pixels));
    }
  }

  /** Lest a few bytes that claim millions of pixels take their memory. */
  private static void checkDensity(ImageFormat format, int width, int height, int bytes) {
    if ((long) width * height > format.mostPixels(bytes)) {
      throw new ImageDecodeException(
          Reason.TRUNCATED,
          "%s image: expected a whole file, got %d bytes, too few for %d x %d pixels; copy it again or leave it out"
              .formatted(format, bytes, width, height));
    }
  }

  /** The JPEG library's words for coded data it could not follow; others concern metadata. */
  private static boolean meansLostPixels(String warning) {
    return warning.contains("Corrupt JPEG data") || warning.contains("Premature end of JPEG");
  }

  private static boolean isCausedByTheEnd(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof EOFException) {
        return true;
      }
    }
    return false;
  }

  private static ImageDecodeException notAnImage(byte[] content) {
    String start = HexFormat.ofDelimiter(" ").formatHex(content, 0, Math.min(8, content.length));
    return new ImageDecodeException(
        Reason.NOT_AN_IMAGE,
        "image: expected a JPEG, PNG, GIF, BMP, PBM, PGM or PPM file, got one that starts with "
            + start
            + "; convert it or leave it out");
  }

  private static ImageDecodeException truncated(
      ImageFormat format, byte[] content, Throwable cause) {
    return new ImageDecodeException(
        Reason.TRUNCATED,
        "%s image: expected a whole file, got %d bytes that end before the image does; copy it again"
                .formatted(format, content.length)
            + " or leave it out",
        cause);
  }

  private static ImageDecodeException damaged(ImageFormat format, String what, Throwable cause) {
    return new ImageDecodeException(
        Reason.DAMAGED,
        "%s image: expected sound content, got damage (%s)".formatted(format, what) + REPLACE,
        cause);
  }
}
