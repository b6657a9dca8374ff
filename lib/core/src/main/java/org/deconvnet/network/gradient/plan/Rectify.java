package org.deconvnet.network.gradient.plan;

import java.util.List;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * ReLU and LeakyReLU: x where it is positive, {@code slope · x} elsewhere. The derivative at 0 is
 * the slope.
 *
 * @param slope from 0, which is ReLU, to 1; Radford et al. 2016 take 0.2 in the discriminator
 */
public record Rectify(double slope) implements Operation {
  public Rectify {
    if (!(slope >= 0 && slope <= 1)) {
      throw new UserErrorException(
          "rectifier: slope: expected from 0 to 1, got %s".formatted(slope));
    }
  }

  /** ReLU. */
  public static Rectify plain() {
    return new Rectify(0);
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return inputs.get(0);
  }
}
