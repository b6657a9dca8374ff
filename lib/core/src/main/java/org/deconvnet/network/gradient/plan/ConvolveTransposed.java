package org.deconvnet.network.gradient.plan;

import java.util.List;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;

/**
 * Transposed convolution, {@code x = Wᵀ y + b}: the adjoint of the convolution with the same
 * filters and geometry.
 *
 * @param channels C of what comes out, from 1
 * @param geometry in one group
 * @param rowPadding output padding down, from 0 to stride − 1
 * @param columnPadding the same across
 * @param bias whether a number a channel is added, from zero
 * @param start of the filters, (maps that go in, C, rows, columns)
 */
public record ConvolveTransposed(
    int channels, Geometry geometry, int rowPadding, int columnPadding, boolean bias, Start start)
    implements Operation {
  public ConvolveTransposed {
    Checks.atLeast("transposed convolution: channels", 1, channels);
    Convolve.requireOneGroup(geometry);
    Checks.between(
        "transposed convolution: output padding down", 0, geometry.rows().stride() - 1, rowPadding);
    Checks.between(
        "transposed convolution: output padding across",
        0,
        geometry.columns().stride() - 1,
        columnPadding);
  }

  @Override
  public Shape output(List<Shape> inputs) {
    return geometry.input(inputs.get(0), channels, rowPadding, columnPadding);
  }

  @Override
  public List<Slot> parameters(List<Shape> inputs) {
    return Convolve.slots(inputs.get(0).maps(), channels, geometry, start, bias ? channels : 0);
  }
}
