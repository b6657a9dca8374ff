package org.deconvnet.bench;

import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;

/**
 * A convolution as oneDNN understands it, a cross-correlation of stride 1: {@code dst[o,y,x] = Σ_i
 * Σ_ab weights[o,i,a,b] · src[i, y−p+a, x−p+b]}, batch of one.
 *
 * @param source (1, I, rows, columns)
 * @param weights (O, I, s, s)
 * @param destination (1, O, rows, columns)
 * @param padding p, zeros around the source
 */
record OneDnnGeometry(long[] source, long[] weights, long[] destination, long[] padding) {
  private static final long[] STRIDE = {1, 1};

  /**
   * From the image up to the maps, with padding s − 1 and the filters as they are: the adjoint. Its
   * backward pass to the data is the reconstruction, its backward pass to the weights the filter
   * gradient.
   */
  static OneDnnGeometry upwards(KernelShape k) {
    return new OneDnnGeometry(
        image(k), weights(k.maps(), k.channels(), k), maps(k), padding(k.filterSide() - 1));
  }

  /**
   * From the maps down to the image, without padding and with the filters flipped and their first
   * two axes exchanged: the reconstruction. Its backward pass to the data is the adjoint, its
   * backward pass to the weights the filter gradient, flipped and exchanged.
   */
  static OneDnnGeometry downwards(KernelShape k) {
    return new OneDnnGeometry(maps(k), weights(k.channels(), k.maps(), k), image(k), padding(0));
  }

  /** Describes the pass from src and weights to dst. */
  convolution_forward.primitive_desc forward() {
    return new convolution_forward.primitive_desc(
        OneDnnArray.CPU,
        dnnl_forward_training,
        dnnl_convolution_direct,
        OneDnnArray.anyFormat(source),
        OneDnnArray.anyFormat(weights),
        OneDnnArray.anyFormat(destination),
        STRIDE,
        padding,
        padding);
  }

  /** Describes the pass from dst and weights to src. */
  convolution_backward_data.primitive_desc backwardData() {
    return new convolution_backward_data.primitive_desc(
        OneDnnArray.CPU,
        dnnl_convolution_direct,
        OneDnnArray.anyFormat(source),
        OneDnnArray.anyFormat(weights),
        OneDnnArray.anyFormat(destination),
        STRIDE,
        padding,
        padding,
        forward());
  }

  /** Describes the pass from src and dst to the weights. */
  convolution_backward_weights.primitive_desc backwardWeights() {
    return new convolution_backward_weights.primitive_desc(
        OneDnnArray.CPU,
        dnnl_convolution_direct,
        OneDnnArray.anyFormat(source),
        OneDnnArray.anyFormat(weights),
        OneDnnArray.anyFormat(destination),
        STRIDE,
        padding,
        padding,
        forward());
  }

  private static long[] image(KernelShape k) {
    return new long[] {1, k.channels(), k.side(), k.side()};
  }

  private static long[] maps(KernelShape k) {
    return new long[] {1, k.maps(), k.mapSide(), k.mapSide()};
  }

  private static long[] weights(int outputs, int inputs, KernelShape k) {
    return new long[] {outputs, inputs, k.filterSide(), k.filterSide()};
  }

  private static long[] padding(int width) {
    return new long[] {width, width};
  }
}
