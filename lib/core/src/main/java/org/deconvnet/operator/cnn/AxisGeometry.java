package org.deconvnet.operator.cnn;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * How windows lie along one axis, rows or columns. Tap i of window o reads position {@code stride ·
 * o + dilation · i − before}; positions outside the input are padding. Immutable. Source: Dumoulin
 * and Visin, A guide to convolution arithmetic for deep learning, 2016.
 *
 * @param taps k, numbers in a window, from 1
 * @param stride s, from 1
 * @param before positions of padding in front of the input, from 0
 * @param after positions of padding behind it, from 0
 * @param dilation d, positions from one tap to the next, from 1
 */
public record AxisGeometry(int taps, int stride, int before, int after, int dilation)
    implements Serializable {
  /** Beyond any real network, and small enough that no size below overflows. */
  private static final int MOST = 1 << 20;

  public AxisGeometry {
    Checks.between("geometry: taps of a filter", 1, MOST, taps);
    Checks.between("geometry: stride", 1, MOST, stride);
    Checks.between("geometry: padding before", 0, MOST, before);
    Checks.between("geometry: padding after", 0, MOST, after);
    Checks.between("geometry: dilation", 1, MOST, dilation);
    if ((long) dilation * (taps - 1) >= MOST) {
      throw new UserErrorException(
          "geometry: expected a filter that spans at most %d positions, got %d taps, %d apart"
              .formatted(MOST, taps, dilation));
    }
  }

  /** Stride 1, no padding, no dilation. */
  public static AxisGeometry of(int taps) {
    return new AxisGeometry(taps, 1, 0, 0, 1);
  }

  /** No dilation, and as much padding on either side. */
  public static AxisGeometry of(int taps, int stride, int padding) {
    return new AxisGeometry(taps, stride, padding, padding, 1);
  }

  /** k' = d(k − 1) + 1, positions from the first tap to the last, both counted. */
  public int extent() {
    return dilation * (taps - 1) + 1;
  }

  /**
   * Windows that an input has room for: o = ⌊(i + before + after − k') / s⌋ + 1.
   *
   * @throws UserErrorException if it has room for none
   */
  public int outputs(int inputs) {
    return room(inputs) / stride + 1;
  }

  /**
   * As {@link #outputs}, with a last window that hangs over the end where the division leaves a
   * rest; not one that would begin in the padding behind the input. ONNX calls it {@code
   * ceil_mode}.
   *
   * @throws UserErrorException if the input is smaller than a window
   */
  public int outputsRoundedUp(int inputs) {
    int outputs = (room(inputs) + stride - 1) / stride + 1;
    return (long) (outputs - 1) * stride >= inputs + before ? outputs - 1 : outputs;
  }

  /**
   * Positions that so many windows are spread over by the transpose: i = s(o − 1) + k' − before −
   * after + a.
   *
   * @param outputPadding a, from 0 to s − 1: which of the sizes that {@link #outputs} merges
   * @throws UserErrorException if the padding leaves no position
   */
  public int inputs(int outputs, int outputPadding) {
    Checks.atLeast("geometry: windows", 1, outputs);
    Checks.between("geometry: output padding", 0, stride - 1, outputPadding);
    long inputs = (long) stride * (outputs - 1) + extent() - before - after + outputPadding;
    if (inputs < 1 || inputs > Integer.MAX_VALUE) {
      throw new UserErrorException(
          "transposed convolution: expected a size from 1 up, got %d from %d windows; less padding is needed"
              .formatted(inputs, outputs));
    }
    return (int) inputs;
  }

  /** Where the first tap of a window lies; below 0 in the padding. */
  int start(int window) {
    return stride * window - before;
  }

  private int room(int inputs) {
    Checks.atLeast("geometry: size of the input", 1, inputs);
    long padded = (long) inputs + before + after;
    if (padded < extent()) {
      throw new UserErrorException(
          "input of %d positions, %d with padding: expected at least the %d that a filter of %d taps, %d apart, spans; enlarge the image"
              .formatted(inputs, padded, extent(), taps, dilation));
    }
    if (padded > Integer.MAX_VALUE - stride) {
      throw new UserErrorException(
          "geometry: input of %d positions is too large".formatted(inputs));
    }
    return (int) padded - extent();
  }

  @Override
  public String toString() {
    return "%d taps, stride %d, padding %d and %d, dilation %d"
        .formatted(taps, stride, before, after, dilation);
  }
}
