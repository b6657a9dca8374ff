package org.deconvnet.operator.cnn;

import java.util.Arrays;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Convolution with filters of 1 × 1: a matrix product at every pixel, {@code Y = W X} with X
 * (channel, pixel). Columns go through the kernel a panel at a time, which stays in a near cache.
 */
final class PointwiseConvolution implements Convolution {
  /** What {@link ArrayKernels#product} is fastest for. */
  private static final int PANEL = 48;

  private final ArrayKernels kernels;
  private final ConvolutionSize size;
  private final float[] filters;
  private final float[] transposed;
  private final float[] panel;
  private final float[] result;

  PointwiseConvolution(ArrayKernels kernels, Geometry geometry, Shape input, int maps) {
    this.kernels = kernels;
    size = ConvolutionSize.of(geometry, input, maps);
    filters = new float[size.weights()];
    transposed = new float[size.weights()];
    int channels = size.channels();
    panel = new float[PANEL * Math.max(Math.max(channels, maps), input.plane())];
    result = new float[PANEL * Math.max(channels, maps)];
  }

  /** One tap, no stride, no padding, one group. */
  static boolean suits(Geometry geometry) {
    AxisGeometry one = AxisGeometry.of(1);
    return geometry.groups() == 1
        && isPoint(geometry.rows(), one)
        && isPoint(geometry.columns(), one);
  }

  /** With one tap the dilation says nothing. */
  private static boolean isPoint(AxisGeometry axis, AxisGeometry one) {
    return new AxisGeometry(axis.taps(), axis.stride(), axis.before(), axis.after(), 1).equals(one);
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
    int channels = size.channels();
    for (int i = 0; i < filters.length; i++) {
      transposed[i % channels * size.maps() + i / channels] = filters[i];
    }
  }

  @Override
  public void apply(FeatureMaps x, FeatureMaps y) {
    size.require(x, y);
    multiply(filters, x, y);
  }

  @Override
  public void adjoint(FeatureMaps y, FeatureMaps x) {
    size.require(x, y);
    multiply(transposed, y, x);
  }

  private void multiply(float[] matrix, FeatureMaps from, FeatureMaps to) {
    int pixels = from.shape().plane();
    for (int pixel = 0; pixel < pixels; pixel += PANEL) {
      int count = Math.min(PANEL, pixels - pixel);
      for (int c = 0; c < from.maps(); c++) {
        System.arraycopy(from.data(), c * pixels + pixel, panel, c * PANEL, count);
        Arrays.fill(panel, c * PANEL + count, (c + 1) * PANEL, 0);
      }
      kernels.product(matrix, to.maps(), from.maps(), panel, PANEL, result);
      for (int k = 0; k < to.maps(); k++) {
        System.arraycopy(result, k * PANEL, to.data(), k * pixels + pixel, count);
      }
    }
  }

  /** {@code Y Xᵀ}, a panel of channels at a time. */
  @Override
  public void filterGradient(FeatureMaps x, FeatureMaps y, float[] weights) {
    size.require(x, y);
    size.require(weights);
    int pixels = x.shape().plane();
    int channels = x.maps();
    for (int channel = 0; channel < channels; channel += PANEL) {
      int count = Math.min(PANEL, channels - channel);
      transpose(x, channel, count);
      kernels.product(y.data(), y.maps(), pixels, panel, PANEL, result);
      for (int k = 0; k < y.maps(); k++) {
        System.arraycopy(result, k * PANEL, weights, k * channels + channel, count);
      }
    }
  }

  /** (pixel, channel of the panel). */
  private void transpose(FeatureMaps x, int channel, int count) {
    int pixels = x.shape().plane();
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int c = 0; c < count; c++) {
        panel[pixel * PANEL + c] = x.data()[(channel + c) * pixels + pixel];
      }
      Arrays.fill(panel, pixel * PANEL + count, (pixel + 1) * PANEL, 0);
    }
  }
}
