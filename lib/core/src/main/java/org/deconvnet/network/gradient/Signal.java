package org.deconvnet.network.gradient;

import org.deconvnet.tensor.Shape;

/**
 * What runs between layers: values on the way forward, the loss' gradient in them on the way back,
 * which is the sum of what all takers send. Not thread-safe.
 */
final class Signal {
  private final GroupMaps value;
  private final GroupMaps gradient;
  private final GroupMaps further;
  private final boolean learns;
  private boolean wanted;
  private boolean received;

  /**
   * @param takers layers that take from it
   * @param learns whether a layer that gives it, or one before, has parameters
   */
  Signal(Shape image, int images, int takers, boolean learns) {
    value = new GroupMaps(image, images);
    gradient = new GroupMaps(image, images);
    further = takers > 1 ? new GroupMaps(image, images) : null;
    this.learns = learns;
  }

  GroupMaps value() {
    return value;
  }

  GroupMaps gradient() {
    return gradient;
  }

  boolean learns() {
    return learns;
  }

  /** Before a backward pass: whether this signal's gradient is of use in it. */
  void begin(boolean nowWanted) {
    wanted = nowWanted;
    received = false;
  }

  boolean wanted() {
    return wanted;
  }

  /** Where a taker writes its part of the gradient, over whatever is there. */
  GroupMaps receiving() {
    return received ? further : gradient;
  }

  /** After a taker has written. */
  void received() {
    if (received) {
      float[] sum = gradient.data();
      float[] part = further.data();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    received = true;
  }
}
