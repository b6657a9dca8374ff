package org.deconvnet.network.gradient.plan;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;

/**
 * Convolution, {@code y = W ⋆ x + b}.
 *
 * @param maps K, from 1
 * @param geometry in one group
 * @param bias whether a number a map is added, from zero; in vain in front of a normalisation
 * @param start of the filters, (K, C, rows, columns)
 */
public record Convolve(int maps, Geometry geometry, boolean bias, Start start)
    implements Operation {
  public Convolve {
    Checks.atLeast("convolution: maps", 1, maps);
    requireOneGroup(geometry);
  }

  static void requireOneGroup(Geometry geometry) {
    Checks.between("convolution: groups of channels", 1, 1, geometry.groups());
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return geometry.output(inputs.get(0), maps);
  }

  @Override
  public List<Slot> parameters(List<Shape> inputs) {
    return slots(maps, inputs.get(0).maps(), geometry, start, bias ? maps : 0);
  }

  /**
   * @param biased numbers in the bias
   */
  static List<Slot> slots(int maps, int channels, Geometry geometry, Start start, int biased) {
    List<Slot> slots = new ArrayList<>();
    List<Integer> axes = List.of(maps, channels, geometry.rows().taps(), geometry.columns().taps());
    slots.add(new Slot(Role.FILTERS, axes, start));
    if (biased > 0) {
      slots.add(Slot.perMap(Role.BIAS, biased, Start.ZERO));
    }
    return slots;
  }
}
