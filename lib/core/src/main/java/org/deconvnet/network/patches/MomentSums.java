package org.deconvnet.network.patches;

import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Second moments of windows over the images of a batch, in any order: Σ_i 1/n_i Σ x xᵀ over the n_i
 * windows x of image i, so that every image counts alike. Not thread-safe.
 */
final class MomentSums implements Mergeable<MomentSums> {
  private static final long serialVersionUID = 1;

  private final int dimension;

  /** The lower triangle, row by row. */
  private final FixedPointSum moments;

  private long images;

  /**
   * @param all images of the whole batch, whatever share of them is added here
   */
  MomentSums(int dimension, long all) {
    this.dimension = dimension;
    this.moments = new FixedPointSum(dimension * (dimension + 1) / 2, all);
  }

  /**
   * Adds an image.
   *
   * @param windows (dimension, 1, windows)
   */
  void add(FeatureMaps windows) {
    int count = windows.shape().plane();
    float[] data = windows.data();
    int at = 0;
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int n = 0; n < count; n++) {
          sum += (double) data[i * count + n] * data[j * count + n];
        }
        moments.add(at++, sum / count);
      }
    }
    images++;
  }

  @Override
  public void merge(MomentSums other) {
    moments.merge(other.moments);
    images += other.images;
  }

  long images() {
    return images;
  }

  /** Adds these sums to a whole matrix, (dimension, dimension). */
  void addTo(double[] matrix) {
    int at = 0;
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        double moment = moments.get(at++);
        matrix[i * dimension + j] += moment;
        if (j < i) {
          matrix[j * dimension + i] += moment;
        }
      }
    }
  }
}
