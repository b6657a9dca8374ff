package org.deconvnet.network.cnn;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.Shape;

/** The field of what looks at all of a map. */
final class Whole {
  private Whole() {}

  static ReceptiveField of(Shape maps) {
    return new ReceptiveField(0, 0, maps.height(), maps.width());
  }
}
