package org.deconvnet.network.gradient.plan;

import java.util.List;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/** The sum of two or more branches of one shape. */
public record Add() implements Operation {
  @Override
  public int leastInputs() {
    return 2;
  }

  @Override
  public int mostInputs() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Shape output(List<Shape> inputs) {
    for (Shape other : inputs) {
      if (!other.equals(inputs.get(0))) {
        throw new UserErrorException(
            "sum of branches: expected one shape, got %s; a layer 'fit' gives one the other's size"
                .formatted(inputs));
      }
    }
    return inputs.get(0);
  }
}
