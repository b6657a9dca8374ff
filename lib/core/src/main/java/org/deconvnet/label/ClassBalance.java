package org.deconvnet.label;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.Checks;

/**
 * How often classes are seen, and weights that make up for it: a class' frequency is its share of
 * the pixels of the images that have it, and its weight the median frequency over its own. Source:
 * Eigen and Fergus, Predicting depth, surface normals and semantic labels with a common multi-scale
 * convolutional architecture, ICCV 2015, section 6.3.2. Not thread-safe.
 */
public final class ClassBalance implements Mergeable<ClassBalance> {
  private static final long serialVersionUID = 1;

  private final long[] pixels = new long[LabelMap.MOST_CLASSES];
  private final long[] around = new long[LabelMap.MOST_CLASSES];
  private long images;
  private long empty;

  /** Counts an image. */
  public void add(LabelMap labels) {
    long[] own = new long[LabelMap.VOID + 1];
    for (int pixel = 0; pixel < labels.values().length; pixel++) {
      own[labels.at(pixel)]++;
    }
    long labelled = labels.values().length - own[LabelMap.VOID];
    images++;
    empty += labelled == 0 ? 1 : 0;
    for (int c = 0; c < pixels.length; c++) {
      pixels[c] += own[c];
      around[c] += own[c] > 0 ? labelled : 0;
    }
  }

  @Override
  public void merge(ClassBalance other) {
    images += other.images;
    empty += other.empty;
    for (int c = 0; c < pixels.length; c++) {
      pixels[c] += other.pixels[c];
      around[c] += other.around[c];
    }
  }

  /** Images that were counted. */
  public long images() {
    return images;
  }

  /** Of those, images without a pixel of any class. */
  public long emptyImages() {
    return empty;
  }

  /** Pixels of a class. */
  public long pixels(int label) {
    return pixels[label];
  }

  /** One more than the largest class that has a pixel. */
  public int classes() {
    int classes = pixels.length;
    while (classes > 0 && pixels[classes - 1] == 0) {
      classes--;
    }
    return classes;
  }

  /** Classes that have a pixel. */
  public int seen() {
    return (int) Arrays.stream(pixels).filter(count -> count > 0).count();
  }

  /**
   * Weights of the classes in a loss; 1 for a class without a pixel.
   *
   * @param exponent of the weights, from 0, which makes all of them 1, to 1
   */
  public float[] weights(int classes, double exponent) {
    Checks.between("labels: classes", 2, LabelMap.MOST_CLASSES, classes);
    double[] seen =
        IntStream.range(0, classes)
            .filter(c -> pixels[c] > 0)
            .mapToDouble(this::frequency)
            .sorted()
            .toArray();
    float[] weights = new float[classes];
    Arrays.fill(weights, 1);
    for (int c = 0; c < classes; c++) {
      if (pixels[c] > 0) {
        weights[c] = (float) StrictMath.pow(median(seen) / frequency(c), exponent);
      }
    }
    return weights;
  }

  private double frequency(int label) {
    return (double) pixels[label] / around[label];
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
