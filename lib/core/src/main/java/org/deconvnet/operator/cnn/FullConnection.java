package org.deconvnet.operator.cnn;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A fully connected layer: convolution with filters as large as the input, which leaves one number
 * a map. A product of a matrix and a vector, bound by the memory that the matrix is read from; it
 * is kept in both orders.
 */
final class FullConnection implements Convolution {
  private final ArrayKernels kernels;
  private final ConvolutionSize size;
  private final float[] filters;
  private final float[] transposed;
  private final int[] ascending;

  FullConnection(ArrayKernels kernels, Geometry geometry, Shape input, int maps) {
    this.kernels = kernels;
    size = ConvolutionSize.of(geometry, input, maps);
    filters = new float[size.weights()];
    transposed = new float[size.weights()];
    ascending = IntStream.range(0, Math.max(input.size(), maps)).toArray();
  }

  /** One window, which is the input, and one group. */
  static boolean suits(Geometry geometry, Shape input) {
    return geometry.groups() == 1
        && covers(geometry.rows(), input.height())
        && covers(geometry.columns(), input.width());
  }

  private static boolean covers(AxisGeometry axis, int inputs) {
    return axis.taps() == inputs
        && axis.extent() == inputs
        && axis.before() == 0
        && axis.after() < axis.stride();
  }

  @Override
  public Shape domain() {
    return size.input();
  }

  @Override
  public Shape range() {
    return size.output();
  }

  @Override
  public void setWeights(float[] weights) {
    size.require(weights);
    System.arraycopy(weights, 0, filters, 0, filters.length);
    int inputs = size.input().size();
    for (int k = 0; k < size.maps(); k++) {
      for (int i = 0; i < inputs; i++) {
        transposed[i * size.maps() + k] = filters[k * inputs + i];
      }
    }
  }

  @Override
  public void apply(FeatureMaps x, FeatureMaps y) {
    size.require(x, y);
    addRows(transposed, x, y);
  }

  @Override
  public void adjoint(FeatureMaps y, FeatureMaps x) {
    size.require(x, y);
    addRows(filters, y, x);
  }

  /** The sum of a matrix' rows, each as often as {@code factors} says. */
  private void addRows(float[] matrix, FeatureMaps factors, FeatureMaps out) {
    out.fill(0);
    float[] values = factors.data();
    kernels.addProducts(matrix, ascending, values, 0, values.length, 0, out.data());
  }

  @Override
  public void filterGradient(FeatureMaps x, FeatureMaps y, float[] weights) {
    size.require(x, y);
    size.require(weights);
    Arrays.fill(weights, 0);
    int inputs = size.input().size();
    for (int k = 0; k < size.maps(); k++) {
      for (int i = 0; i < inputs; i++) {
        weights[k * inputs + i] = y.data()[k] * x.data()[i];
      }
    }
  }
}
