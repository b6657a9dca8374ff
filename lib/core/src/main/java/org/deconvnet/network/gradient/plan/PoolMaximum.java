package org.deconvnet.network.gradient.plan;

import java.util.List;
import org.deconvnet.operator.cnn.PoolWindows;
import org.deconvnet.tensor.Shape;

/** The largest number of each window; gradients go back through the switches. */
public record PoolMaximum(PoolWindows windows) implements Operation {
  @Override
  public Shape output(List<Shape> inputs) {
    return windows.pooled(inputs.get(0));
  }
}
