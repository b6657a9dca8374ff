package org.deconvnet.operator.cnn;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * How filters lie on an input: the same for every map. Immutable.
 *
 * @param rows down
 * @param columns across
 * @param groups G, from 1: the C channels and the K maps are cut into G runs, and a map sees only
 *     the channels of its own run. G = C is a depthwise convolution.
 */
public record Geometry(AxisGeometry rows, AxisGeometry columns, int groups)
    implements Serializable {
  public Geometry {
    Checks.atLeast("geometry: groups", 1, groups);
  }

  /** The same down and across, in one group. */
  public static Geometry square(AxisGeometry axis) {
    return new Geometry(axis, axis, 1);
  }

  /** Taps of a filter in one channel. */
  public int area() {
    return rows.taps() * columns.taps();
  }

  /**
   * Channels that a map sees.
   *
   * @throws UserErrorException if the groups cannot be of equal size
   */
  public int groupChannels(int channels) {
    return share("channels", channels);
  }

  /**
   * Maps of one group.
   *
   * @throws UserErrorException if the groups cannot be of equal size
   */
  public int groupMaps(int maps) {
    return share("maps", maps);
  }

  private int share(String what, int number) {
    if (number % groups != 0) {
      throw new UserErrorException(
          "geometry: expected %s in %d groups of equal size, got %d; the weights and the groups do not fit"
              .formatted(what, groups, number));
    }
    return number / groups;
  }

  /**
   * Numbers in the filters, (map, channel of the group, row, column).
   *
   * @throws UserErrorException if the groups do not fit, or one array cannot hold them
   */
  public int weights(int channels, int maps) {
    groupMaps(maps);
    long size = (long) maps * groupChannels(channels) * area();
    if (size > Integer.MAX_VALUE - 8) {
      throw new UserErrorException(
          "geometry: %d maps of %d channels and %d taps hold more numbers than one array can"
              .formatted(maps, channels, area()));
    }
    return (int) size;
  }

  /**
   * The shape that convolution gives.
   *
   * @param input (C, H, W)
   * @param maps K
   * @throws UserErrorException if the groups do not fit, or the input is smaller than a filter
   */
  public Shape output(Shape input, int maps) {
    weights(input.maps(), maps);
    return new Shape(maps, rows.outputs(input.height()), columns.outputs(input.width()));
  }

  /**
   * The shape that transposed convolution gives: an input whose {@link #output} is this one.
   *
   * @param output (K, H', W')
   * @param channels C
   * @param rowPadding output padding down, from 0 to stride − 1
   * @param columnPadding the same across
   * @throws UserErrorException if the groups do not fit, or padding leaves no position
   */
  public Shape input(Shape output, int channels, int rowPadding, int columnPadding) {
    weights(channels, output.maps());
    return new Shape(
        channels,
        rows.inputs(output.height(), rowPadding),
        columns.inputs(output.width(), columnPadding));
  }
}
