package org.deconvnet.preprocess;

import java.io.IOException;
import org.deconvnet.preprocess.ImageDecodeException.Reason;

/** What must hold before anything is decoded. */
final class DecodeChecks {
  private DecodeChecks() {}

  static void length(byte[] content, DecodeLimits limits) {
    if (content.length == 0) {
      throw DecodeRefusal.empty();
    }
    if (content.length > limits.maxBytes()) {
      throw new ImageDecodeException(
          Reason.TOO_MANY_BYTES,
          "image: expected at most %d bytes, got %d; raise the limit or leave the file out"
              .formatted(limits.maxBytes(), content.length));
    }
  }

  static void size(ImageFormat format, byte[] content, int width, int height, DecodeLimits limits)
      throws IOException {
    pixels(format, width, height, limits);
    density(format, width, height, content.length);
    if (format == ImageFormat.WEBP) {
      WebpFrame.require(content, width, height);
    }
  }

  static void whole(ImageFormat format, byte[] content, FileIntegrity integrity) {
    if (integrity == FileIntegrity.TRUNCATED) {
      throw DecodeRefusal.truncated(format, content, null);
    }
    if (integrity == FileIntegrity.DAMAGED) {
      throw DecodeRefusal.damaged(
          format,
          "its blocks are broken, a checksum does not hold, or it has far too many scans",
          null);
    }
  }

  private static void pixels(ImageFormat format, int width, int height, DecodeLimits limits) {
    long pixels = (long) width * height;
    if (pixels > limits.maxPixels()) {
      throw new ImageDecodeException(
          Reason.TOO_MANY_PIXELS,
          "%s image: expected at most %d pixels, got %d x %d = %d; raise the limit or shrink it"
              .formatted(format, limits.maxPixels(), width, height, pixels));
    }
  }

  /** Lest a few bytes that claim millions of pixels take their memory. */
  private static void density(ImageFormat format, int width, int height, int bytes) {
    if ((long) width * height > format.mostPixels(bytes)) {
      throw new ImageDecodeException(
          Reason.TRUNCATED,
          "%s image: expected a whole file, got %d bytes, too few for %d x %d pixels; copy it again or leave it out"
              .formatted(format, bytes, width, height));
    }
  }
}
