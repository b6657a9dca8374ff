package org.deconvnet.preprocess;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Decodes JPEG, PNG, GIF (first frame), BMP, PBM, PGM, PPM, TIFF (first page) and WebP (first
 * frame) files. Inks become red, green and blue; transparent pixels show a white ground. Images are
 * turned upright as the EXIF block of a JPEG, PNG or WebP file, or a TIFF's page, says, if that is
 * wanted. Thread-safe: every call has its own reader.
 */
public final class ImageDecoder {
  private ImageDecoder() {}

  /**
   * The image in a file's bytes, as maps in [0, 1]: one for a grey image, three (red, green, blue)
   * for a colour one. The size is read from the header and checked before anything is decoded.
   *
   * @param upright true: turned as its orientation says; false: as it is stored
   * @throws ImageDecodeException if there is no whole, sound image within the limits; its reason
   *     says why
   */
  public static FeatureMaps decode(byte[] content, DecodeLimits limits, boolean upright) {
    return rows(content, limits, upright).toMaps();
  }

  /** The image turned upright. */
  public static FeatureMaps decode(byte[] content, DecodeLimits limits) {
    return decode(content, limits, true);
  }

  /** As {@link #decode}, row by row: the decoded samples are in memory, a byte or two each. */
  static PixelRows rows(byte[] content, DecodeLimits limits, boolean upright) {
    return read(
        content,
        limits,
        (given, reader) -> rows(given, reader, standing(given.format, content, upright)));
  }

  /**
   * The size of the image in a file's bytes, (height, width) in pixels, from its header alone.
   * Truncated files, and damage that shows without decoding, are refused as {@link #decode} refuses
   * them.
   *
   * @param upright true: of the image turned as its orientation says; false: as it is stored
   * @return the shape of one map: how many there are is not known without decoding
   * @throws ImageDecodeException if there is no whole image within the limits
   */
  public static Shape size(byte[] content, DecodeLimits limits, boolean upright) {
    return read(
        content,
        limits,
        (given, reader) -> {
          boolean swapped = standing(given.format, content, upright).swapped();
          int height = reader.getHeight(0);
          int width = reader.getWidth(0);
          return swapped ? new Shape(1, width, height) : new Shape(1, height, width);
        });
  }

  /** The size of the image turned upright. */
  public static Shape size(byte[] content, DecodeLimits limits) {
    return size(content, limits, true);
  }

  /**
   * Bytes that the decoded samples of a file take, from its header alone: what {@link #decode}
   * holds beside what it returns.
   *
   * @throws ImageDecodeException as {@link #size} throws it
   */
  public static long decodedBytes(byte[] content, DecodeLimits limits) {
    return read(
        content,
        limits,
        (given, reader) -> {
          ImageTypeSpecifier type =
              given.format == ImageFormat.TIFF
                  ? reader.getRawImageType(0)
                  : reader.getImageTypes(0).next();
          long bits = 0;
          for (int band = 0; band < type.getNumBands(); band++) {
            bits += type.getBitsPerBand(band);
          }
          return (long) reader.getHeight(0) * reader.getWidth(0) * bits / Byte.SIZE;
        });
  }

  /**
   * The samples of a PNG file as they are stored: numbers of a palette, not its colours.
   *
   * @throws ImageDecodeException if there is no whole, sound PNG image within the limits
   */
  static Raster samples(byte[] content, DecodeLimits limits) {
    return read(
        content,
        limits,
        (given, reader) -> {
          if (given.format != ImageFormat.PNG) {
            throw DecodeRefusal.noLabels("a %s file".formatted(given.format));
          }
          return reader.read(0).getRaster();
        });
  }

  private static Orientation standing(ImageFormat format, byte[] content, boolean upright) {
    return upright ? ExifBlock.orientation(format, content) : Orientation.UPRIGHT;
  }

  /** What is read from a file that is whole, as far as its structure shows. */
  private interface Reading<T> {
    T from(Given given, ImageReader reader) throws IOException;
  }

  /** What a reader is given, and what it has said. */
  private record Given(ImageFormat format, byte[] readable, List<String> warnings) {}

  /** A file, and what its structure says of it. */
  private record Source(
      ImageFormat format, byte[] content, FileIntegrity integrity, DecodeLimits limits) {}

  private static <T> T read(byte[] content, DecodeLimits limits, Reading<T> reading) {
    DecodeChecks.length(content, limits);
    ImageFormat format =
        ImageFormat.of(content).orElseThrow(() -> DecodeRefusal.notAnImage(content));
    Source source = new Source(format, content, FileIntegrity.of(format, content), limits);
    byte[] readable = ReadableBytes.of(format, content);
    try {
      return readOrElseBare(source, readable, reading);
    } catch (ImageDecodeException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers meet damaged files with exceptions of any kind, unchecked ones too.
      boolean ended = source.integrity == FileIntegrity.TRUNCATED || isCausedByTheEnd(e);
      throw ended
          ? DecodeRefusal.truncated(format, content, e)
          : DecodeRefusal.damaged(format, e.toString(), e);
    }
  }

  /** Readers fail at damaged profiles and metadata as well, which pixels do not need. */
  private static <T> T readOrElseBare(Source source, byte[] readable, Reading<T> reading)
      throws IOException {
    try {
      return read(source, readable, reading);
    } catch (ImageDecodeException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      byte[] bare = ReadableBytes.bare(source.format, readable);
      if (bare == readable || source.integrity != FileIntegrity.COMPLETE) {
        throw e;
      }
      return read(source, bare, reading);
    }
  }

  private static <T> T read(Source source, byte[] readable, Reading<T> reading) throws IOException {
    ImageFormat format = source.format;
    ImageReader reader = ImageReaders.create(format);
    try (ImageInputStream in = stream(format, readable)) {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((from, warning) -> warnings.add(warning));
      reader.setInput(in, true, true);
      DecodeChecks.size(
          format, source.content, reader.getWidth(0), reader.getHeight(0), source.limits);
      DecodeChecks.whole(format, source.content, source.integrity);
      return reading.from(new Given(format, readable, warnings), reader);
    } finally {
      reader.dispose();
    }
  }

  private static ImageInputStream stream(ImageFormat format, byte[] readable) {
    return format == ImageFormat.WEBP
        ? new WebpStream(readable)
        : new MemoryCacheImageInputStream(new ByteArrayInputStream(readable));
  }

  private static PixelRows rows(Given given, ImageReader reader, Orientation orientation)
      throws IOException {
    PixelRows rows = RasterRows.of(image(given.format, reader), orientation);
    for (String warning : given.warnings) {
      if (LostPixels.meant(warning, given.format, given.readable)) {
        throw DecodeRefusal.damaged(given.format, warning, null);
      }
    }
    return rows;
  }

  /** The TIFF reader's first choice takes any fourth sample for transparency to be weighted. */
  private static BufferedImage image(ImageFormat format, ImageReader reader) throws IOException {
    if (format != ImageFormat.TIFF) {
      return reader.read(0);
    }
    ImageReadParam how = reader.getDefaultReadParam();
    how.setDestinationType(reader.getRawImageType(0));
    return reader.read(0, how);
  }

  private static boolean isCausedByTheEnd(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof EOFException) {
        return true;
      }
    }
    return false;
  }
}
