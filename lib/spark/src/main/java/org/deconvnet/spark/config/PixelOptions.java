package org.deconvnet.spark.config;

import java.io.Serializable;
import org.deconvnet.pursuit.PursuitOptions;
import org.deconvnet.tensor.Checks;

/**
 * How pixels are coded, where a vocabulary's source is {@code patches}.
 *
 * @param longestSide pixels of the longer side of the grey image that is coded, up or down, at
 *     least 1
 * @param pursuit atoms and codes
 */
public record PixelOptions(int longestSide, PursuitOptions pursuit) implements Serializable {
  /** 300 pixels. */
  public static final PixelOptions DEFAULTS = new PixelOptions(300, PursuitOptions.DEFAULTS);

  public PixelOptions {
    Checks.atLeast("longestSide", 1, longestSide);
  }
}
