package org.deconvnet.operator.cnn;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Transposed convolution of stride 1 as a convolution with filters turned by half a turn, maps and
 * channels exchanged, and padding k' − 1 − p for p: it gathers where the transpose would scatter.
 * Source: Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016,
 * relationship 11. Not thread-safe.
 */
final class TurnedConvolution {
  /** Multiplications in the time in which a number is added to its place, as measured. */
  private static final double SCATTER_COST = 40;

  /** The same for a number that is fetched. */
  private static final double GATHER_COST = 8;

  private final MatrixConvolution convolution;
  private final float[] turned;
  private final int channels;
  private final int maps;
  private final int area;

  /**
   * @param image (C, H, W)
   * @param maps K
   */
  TurnedConvolution(ArrayKernels kernels, Geometry geometry, Shape image, int maps, int images) {
    this.maps = maps;
    channels = image.maps();
    area = geometry.area();
    Geometry other = new Geometry(turned(geometry.rows()), turned(geometry.columns()), 1);
    Shape output = geometry.output(image, maps);
    convolution = new MatrixConvolution(kernels, other, output, channels, images, null);
    turned = new float[geometry.weights(channels, maps)];
  }

  /**
   * Whether there is such a convolution, and it takes less time: stride 1, less padding than a
   * filter spans, and a map that is little smaller than the image.
   */
  static boolean pays(Geometry geometry, Shape image, int maps) {
    if (!suits(geometry.rows()) || !suits(geometry.columns())) {
      return false;
    }
    Shape output = geometry.output(image, maps);
    double channels = image.maps();
    double scattered = output.plane() * channels * (maps + SCATTER_COST);
    return image.plane() * maps * (channels + GATHER_COST) < scattered;
  }

  private static boolean suits(AxisGeometry axis) {
    return axis.stride() == 1 && axis.before() < axis.extent() && axis.after() < axis.extent();
  }

  private static AxisGeometry turned(AxisGeometry axis) {
    int most = axis.extent() - 1;
    return new AxisGeometry(
        axis.taps(), 1, most - axis.before(), most - axis.after(), axis.dilation());
  }

  void setWeights(float[] weights) {
    for (int k = 0; k < maps; k++) {
      for (int c = 0; c < channels; c++) {
        int from = (k * channels + c) * area;
        int to = (c * maps + k) * area;
        for (int t = 0; t < area; t++) {
          turned[to + area - 1 - t] = weights[from + t];
        }
      }
    }
    convolution.setWeights(turned);
  }

  void apply(FeatureMaps y, FeatureMaps x) {
    convolution.apply(y, x);
  }
}
