package org.deconvnet.network.gradient.plan;

import java.util.List;
import org.deconvnet.tensor.Shape;

/**
 * Gives the first input the rows and columns of the second, of which nothing else is used: the
 * middle is kept, where it is larger, and zeros surround it, where it is smaller. What cannot be
 * shared evenly is cut, or added, behind.
 */
public record Fit() implements Operation {
  @Override
  public int leastInputs() {
    return 2;
  }

  @Override
  public int mostInputs() {
    return 2;
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return inputs.get(1).withMaps(inputs.get(0).maps());
  }
}
