package org.deconvnet.network.cnn;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * The square that slides over an image. Immutable.
 *
 * @param size side of the square, in pixels of the network's input, 1 to 16384
 * @param step pixels from one place to the next, 1 to 16384
 */
public record OcclusionOptions(int size, int step) implements Serializable {
  public static final OcclusionOptions DEFAULTS = new OcclusionOptions(16, 4);

  /** Beyond any network's input. */
  public static final int MOST = 1 << 14;

  public OcclusionOptions {
    Checks.between("size of the square", 1, MOST, size);
    Checks.between("step of the square", 1, MOST, step);
  }
}
