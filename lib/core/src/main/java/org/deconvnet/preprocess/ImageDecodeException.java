package org.deconvnet.preprocess;

/**
 * The bytes of one file could not be turned into an image. The message says what is wrong, what was
 * expected, what came and what to do; it does not know the file's path, which the caller adds.
 */
public final class ImageDecodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why, for programs: a corpus report counts files by it. */
  public enum Reason {
    /** The file has no bytes. */
    EMPTY,
    /** The file is larger than {@link DecodeLimits#maxBytes}. */
    TOO_MANY_BYTES,
    /** The first bytes are those of no format that the decoder reads. */
    NOT_AN_IMAGE,
    /** A format, or a kind of one, that is known by name and not read here. */
    FORMAT_NOT_READ,
    /** The file ends before its image does. */
    TRUNCATED,
    /** The header announces more than {@link DecodeLimits#maxPixels}. Nothing was decoded. */
    TOO_MANY_PIXELS,
    /** The file is as long as it should be, but its content is corrupt or not readable. */
    DAMAGED
  }

  private final Reason reason;

  public ImageDecodeException(Reason reason, String message) {
    this(reason, message, null);
  }

  public ImageDecodeException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
