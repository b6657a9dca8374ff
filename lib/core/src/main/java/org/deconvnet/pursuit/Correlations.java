package org.deconvnet.pursuit;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.pyramid.Codebook;

/**
 * Dᵀy of some signals y at a time, as a matrix product. Its sides are filled up to whole tiles of
 * the product, since what is left over is slow. Not thread-safe.
 */
final class Correlations {
  private static final int COLUMNS = 48;
  private static final int ROWS = 4;

  private final int dimension;
  private final int stride;
  private final float[] turned;
  private final ArrayKernels kernels;
  private final float[] values;

  /**
   * @param signals at a time, at most
   * @param kernels any: all give the same bits
   */
  Correlations(Codebook dictionary, int signals, ArrayKernels kernels) {
    this.dimension = dictionary.dimension();
    this.stride = up(dictionary.words(), COLUMNS);
    this.turned = new float[dimension * stride];
    this.kernels = kernels;
    this.values = new float[up(signals, ROWS) * stride];
    for (int k = 0; k < dictionary.words(); k++) {
      for (int d = 0; d < dimension; d++) {
        turned[d * stride + k] = dictionary.centres()[k * dimension + d];
      }
    }
  }

  private static int up(int number, int tile) {
    return (number + tile - 1) / tile * tile;
  }

  /** An array for as many signals as fit: (signal, dimension). */
  float[] signals() {
    return new float[values.length / stride * dimension];
  }

  /** Works on the first {@code count} of {@link #signals}; others may be anything finite. */
  void of(float[] signals, int count) {
    kernels.product(signals, up(count, ROWS), dimension, turned, stride, values);
  }

  /** (signal, atom); a signal's begin at {@link #start}. */
  float[] values() {
    return values;
  }

  int start(int signal) {
    return signal * stride;
  }
}
