package org.deconvnet.operator.cnn;

import java.util.Arrays;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Convolution as its formula says it, in double precision: the written specification, and the
 * oracle of the faster ways. It runs over outputs, channels and taps.
 */
public final class DirectConvolution implements Convolution {
  private final ConvolutionSize size;
  private final float[] filters;
  private final double[] sums;

  /**
   * @param input (C, H, W)
   * @param maps K
   */
  public DirectConvolution(Geometry geometry, Shape input, int maps) {
    size = ConvolutionSize.of(geometry, input, maps);
    filters = new float[size.weights()];
    sums = new double[Math.max(Math.max(input.size(), size.output().size()), size.weights())];
  }

  /** One product of the trilinear form: flat places in W, x and y. */
  private interface Term {
    void at(int weight, int in, int out);
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
  }

  @Override
  public void apply(FeatureMaps x, FeatureMaps y) {
    size.require(x, y);
    Arrays.fill(sums, 0);
    forEachTerm((w, i, o) -> sums[o] += (double) filters[w] * x.data()[i]);
    round(y.data());
  }

  @Override
  public void adjoint(FeatureMaps y, FeatureMaps x) {
    size.require(x, y);
    Arrays.fill(sums, 0);
    forEachTerm((w, i, o) -> sums[i] += (double) filters[w] * y.data()[o]);
    round(x.data());
  }

  @Override
  public void filterGradient(FeatureMaps x, FeatureMaps y, float[] weights) {
    size.require(x, y);
    size.require(weights);
    Arrays.fill(sums, 0);
    forEachTerm((w, i, o) -> sums[w] += (double) x.data()[i] * y.data()[o]);
    round(weights);
  }

  private void round(float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) sums[i];
    }
  }

  private void forEachTerm(Term term) {
    Shape output = size.output();
    for (int k = 0; k < output.maps(); k++) {
      for (int c = 0; c < size.groupChannels(); c++) {
        for (int y = 0; y < output.height(); y++) {
          for (int x = 0; x < output.width(); x++) {
            forEachTap(term, k, c, y, x);
          }
        }
      }
    }
  }

  private void forEachTap(Term term, int map, int groupChannel, int y, int x) {
    AxisGeometry rows = size.geometry().rows();
    AxisGeometry columns = size.geometry().columns();
    Shape input = size.input();
    int channel = size.firstChannel(map) + groupChannel;
    int out = (map * size.output().height() + y) * size.output().width() + x;
    for (int i = 0; i < rows.taps(); i++) {
      for (int j = 0; j < columns.taps(); j++) {
        int row = rows.start(y) + rows.dilation() * i;
        int column = columns.start(x) + columns.dilation() * j;
        if (row >= 0 && row < input.height() && column >= 0 && column < input.width()) {
          int weight = size.plane(map, groupChannel) + i * columns.taps() + j;
          term.at(weight, (channel * input.height() + row) * input.width() + column, out);
        }
      }
    }
  }
}
