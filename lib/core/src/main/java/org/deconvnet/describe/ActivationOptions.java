package org.deconvnet.describe;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * Which activations of a layer describe an image, and which of their descriptors count, how much.
 * Construction throws {@link IllegalArgumentException} if a number is out of its range.
 *
 * @param strongest activations an image, M
 * @param leastShare a descriptor is dropped if its norm, before it is normalised, is below this
 *     share of the largest one of its activation; 0 keeps all that see anything, 1 the largest
 * @param weights of those that are kept
 */
public record ActivationOptions(int strongest, double leastShare, DescriptorWeights weights)
    implements Serializable {
  /** 50 activations, a share of 0.2, all alike. */
  public static final ActivationOptions DEFAULTS =
      new ActivationOptions(50, 0.2, DescriptorWeights.ALIKE);

  public ActivationOptions {
    Checks.atLeast("activations of an image", 1, strongest);
    if (!(leastShare >= 0 && leastShare <= 1)) {
      throw new UserErrorException(
          "activation descriptors: expected a least share from 0 to 1, got " + leastShare);
    }
  }
}
