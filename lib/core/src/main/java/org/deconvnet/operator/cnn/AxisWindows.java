package org.deconvnet.operator.cnn;

import org.deconvnet.tensor.UserErrorException;

/** Which positions each pooling window holds along one axis. */
final class AxisWindows {
  private final AxisGeometry axis;
  private final int[] first;
  private final int[] end;
  private final int[] covered;

  /**
   * @param inputs positions
   * @param windows how many there are
   * @throws UserErrorException if a window holds nothing but padding
   */
  AxisWindows(AxisGeometry axis, int inputs, int windows) {
    this.axis = axis;
    first = new int[windows];
    end = new int[windows];
    covered = new int[windows];
    for (int o = 0; o < windows; o++) {
      int start = axis.start(o);
      first[o] = start + axis.dilation() * tapsBelow(-start);
      end[o] = start + axis.dilation() * tapsBelow(inputs - start);
      covered[o] = tapsBelow(inputs + axis.after() - start);
      if (first[o] >= end[o]) {
        throw new UserErrorException(
            "pooling: expected numbers in every window, got only padding in window %d of %s over %d positions; less padding is needed"
                .formatted(o, axis, inputs));
      }
    }
  }

  /** Taps of a window that lie nearer to its start than a distance. */
  private int tapsBelow(int distance) {
    int taps = distance <= 0 ? 0 : (distance - 1) / axis.dilation() + 1;
    return Math.min(taps, axis.taps());
  }

  int count() {
    return first.length;
  }

  /** The first position of the input that a window holds. */
  int first(int window) {
    return first[window];
  }

  /** All that it holds lie below this, {@link #step} apart. */
  int end(int window) {
    return end[window];
  }

  int step() {
    return axis.dilation();
  }

  /** Positions of the input that a window holds. */
  int held(int window) {
    return (end[window] - first[window] + step() - 1) / step();
  }

  /** Positions of the input and of its padding that a window holds. */
  int covered(int window) {
    return covered[window];
  }
}
