package org.deconvnet.preprocess;

import java.util.HexFormat;
import org.deconvnet.preprocess.ImageDecodeException.Reason;

/** The words in which files are refused. */
final class DecodeRefusal {
  private static final String REPLACE = "; replace the file or leave it out";

  private DecodeRefusal() {}

  static ImageDecodeException empty() {
    return new ImageDecodeException(
        Reason.EMPTY, "image: expected the bytes of an image file, got none" + REPLACE);
  }

  /** By the format's name if it is known, by its first bytes if not. */
  static ImageDecodeException notAnImage(byte[] content) {
    return OtherFormat.nameOf(content)
        .map(DecodeRefusal::notRead)
        .orElseGet(() -> unknown(content));
  }

  /** A format, or a kind of one, by its name. */
  static ImageDecodeException notRead(String what) {
    return new ImageDecodeException(
        Reason.FORMAT_NOT_READ,
        "image: %s is not read here; convert it to JPEG or PNG, or leave it out".formatted(what));
  }

  static ImageDecodeException noLabels(String got) {
    return new ImageDecodeException(
        Reason.FORMAT_NOT_READ,
        "labels: expected a PNG file of one number a pixel, grey or of a palette, got " + got);
  }

  private static ImageDecodeException unknown(byte[] content) {
    String start = HexFormat.ofDelimiter(" ").formatHex(content, 0, Math.min(8, content.length));
    return new ImageDecodeException(
        Reason.NOT_AN_IMAGE,
        "image: expected a JPEG, PNG, GIF, BMP, PBM, PGM, PPM, TIFF or WebP file, got one that"
            + " starts with "
            + start
            + "; convert it or leave it out");
  }

  static ImageDecodeException truncated(ImageFormat format, byte[] content, Throwable cause) {
    return new ImageDecodeException(
        Reason.TRUNCATED,
        "%s image: expected a whole file, got %d bytes that end before the image does; copy it again"
                .formatted(format, content.length)
            + " or leave it out",
        cause);
  }

  static ImageDecodeException damaged(ImageFormat format, String what, Throwable cause) {
    return new ImageDecodeException(
        Reason.DAMAGED,
        "%s image: expected sound content, got damage (%s)".formatted(format, what) + REPLACE,
        cause);
  }
}
