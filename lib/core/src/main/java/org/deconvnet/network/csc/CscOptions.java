package org.deconvnet.network.csc;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * A dictionary as the user asks for it.
 *
 * @param coding how images are coded
 * @param epochs passes over the images
 * @param batchSize images between two updates of the filters; 0: all
 * @param memory how much the statistics of one epoch ago still count, in [0, 1): 0 forgets them at
 *     once
 */
public record CscOptions(CodingOptions coding, int epochs, int batchSize, double memory)
    implements Serializable {
  /** 20 epochs, the filters updated after each. */
  public static final CscOptions DEFAULTS = new CscOptions(CodingOptions.DEFAULTS, 20, 0, 0);

  public CscOptions {
    Checks.atLeast("epochs", 1, epochs);
    Checks.atLeast("batchSize", 0, batchSize);
    if (!(memory >= 0 && memory < 1)) {
      throw new UserErrorException("memory: expected 0 <= memory < 1, got " + memory);
    }
  }
}
