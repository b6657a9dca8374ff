package org.deconvnet.operator.cnn;

import java.io.Serializable;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * How the windows of a pooling layer lie on a map; they may overlap. Immutable.
 *
 * @param rows down
 * @param columns across
 * @param roundUp whether a last window may hang over the end, ONNX' {@code ceil_mode}
 */
public record PoolWindows(AxisGeometry rows, AxisGeometry columns, boolean roundUp)
    implements Serializable {
  /** The same down and across; no window hangs over the end. */
  public static PoolWindows square(AxisGeometry axis) {
    return new PoolWindows(axis, axis, false);
  }

  /** One window that holds a whole map. */
  public static PoolWindows global(Shape input) {
    return new PoolWindows(AxisGeometry.of(input.height()), AxisGeometry.of(input.width()), false);
  }

  /**
   * The shape of what pooling leaves.
   *
   * @throws UserErrorException if the input is smaller than a window
   */
  public Shape pooled(Shape input) {
    return new Shape(input.maps(), count(rows, input.height()), count(columns, input.width()));
  }

  /** Windows along an axis. */
  int count(AxisGeometry axis, int inputs) {
    return roundUp ? axis.outputsRoundedUp(inputs) : axis.outputs(inputs);
  }
}
