package org.deconvnet.network.gradient.plan;

import java.util.Locale;

/** What a part of the parameters, or of the statistics, is to its layer. */
public enum Role {
  /** (map, channel, row, column) of a convolution; of a transposed one, maps are what goes in. */
  FILTERS,
  /** One number a map, added to all of it. */
  BIAS,
  /** γ of a normalisation, one a map. */
  GAIN,
  /** β of a normalisation, one a map. */
  SHIFT,
  /** Running mean of a map. */
  MEAN,
  /** Running variance of a map. */
  VARIANCE;

  /** In lower case, as names of parts have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
