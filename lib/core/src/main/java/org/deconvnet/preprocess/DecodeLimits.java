package org.deconvnet.preprocess;

import java.io.Serializable;
import org.deconvnet.tensor.UserErrorException;

/**
 * What the decoder refuses, so that one hostile or absurd file cannot take a worker's memory.
 * Immutable and thread-safe.
 *
 * @param maxPixels largest width times height; 1 to {@value #PIXELS_OF_ONE_ARRAY}, because the
 *     three colours of an image lie in one array
 * @param maxBytes largest file, at least 1
 */
public record DecodeLimits(long maxPixels, long maxBytes) implements Serializable {
  private static final long PIXELS_OF_ONE_ARRAY = (Integer.MAX_VALUE - 8) / 3;

  /** 50 million pixels, 256 MiB. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(50_000_000, 256L << 20);

  /** What the decoder could read at all, for who looks at headers only. */
  public static final DecodeLimits LOOSEST =
      new DecodeLimits(PIXELS_OF_ONE_ARRAY, DEFAULT.maxBytes());

  public DecodeLimits {
    if (maxPixels < 1 || maxPixels > PIXELS_OF_ONE_ARRAY) {
      throw new UserErrorException(
          "decode limits: expected a largest number of pixels from 1 to %d, got %d"
              .formatted(PIXELS_OF_ONE_ARRAY, maxPixels));
    }
    if (maxBytes < 1) {
      throw new UserErrorException(
          "decode limits: expected a largest file of at least 1 byte, got %d".formatted(maxBytes));
    }
  }
}
