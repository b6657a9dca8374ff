package org.deconvnet.network.patches;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * Words as the user asks for them.
 *
 * @param coding how windows are coded
 * @param drawn windows that are drawn of an image in an epoch; 0: all
 * @param epochs passes over the images
 * @param batchSize images between two updates of the words; 0: all
 * @param memory how much the statistics of one epoch ago still count, in [0, 1): 0 forgets them at
 *     once
 */
public record PatchesOptions(
    PatchCodingOptions coding, int drawn, int epochs, int batchSize, double memory)
    implements Serializable {
  /** 500 windows of an image, 20 epochs, the words updated after every 20 images. */
  public static final PatchesOptions DEFAULTS =
      new PatchesOptions(PatchCodingOptions.DEFAULTS, 500, 20, 20, 0.5);

  public PatchesOptions {
    Checks.atLeast("drawn", 0, drawn);
    Checks.atLeast("epochs", 1, epochs);
    Checks.atLeast("batchSize", 0, batchSize);
    if (!(memory >= 0 && memory < 1)) {
      throw new UserErrorException("memory: expected 0 <= memory < 1, got " + memory);
    }
  }
}
