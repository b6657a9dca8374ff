package org.deconvnet.label;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * How many pixels of each class were given each class; pixels without a class count nothing.
 * Measures, with n_ij pixels of class i that were given class j and t_i = Σ_j n_ij, are those of
 * Long, Shelhamer and Darrell (CVPR 2015, section 5). A class that no image has, neither truly nor
 * by mistake, is left out of means. Not thread-safe.
 */
public final class LabelCounts implements Mergeable<LabelCounts> {
  private static final long serialVersionUID = 1;

  private final int classes;
  private final long[] counts;

  public LabelCounts(int classes) {
    Checks.between("labels: classes", 2, LabelMap.MOST_CLASSES, classes);
    this.classes = classes;
    counts = new long[classes * classes];
  }

  /**
   * Counts an image's pixels.
   *
   * @throws UserErrorException if the sizes differ, or a label is neither a class nor void
   */
  public void add(LabelMap truth, LabelMap given) {
    Checks.equal("labels: rows", truth.height(), given.height());
    Checks.equal("labels: columns", truth.width(), given.width());
    for (int pixel = 0; pixel < truth.values().length; pixel++) {
      int label = truth.at(pixel);
      if (label != LabelMap.VOID) {
        counts[place(label) * classes + place(given.at(pixel))]++;
      }
    }
  }

  private int place(int label) {
    if (label >= classes) {
      throw new UserErrorException(
          "labels: expected a class from 0 to %d, got %d".formatted(classes - 1, label));
    }
    return label;
  }

  @Override
  public void merge(LabelCounts other) {
    Checks.equal("labels: classes", classes, other.classes);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  public int classes() {
    return classes;
  }

  /** n_ij. */
  public long count(int truth, int given) {
    return counts[truth * classes + given];
  }

  /** t_i, pixels of a class. */
  public long pixels(int truth) {
    return Arrays.stream(counts, truth * classes, (truth + 1) * classes).sum();
  }

  /** Pixels that were counted. */
  public long pixels() {
    return Arrays.stream(counts).sum();
  }

  private long given(int label) {
    long sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += count(i, label);
    }
    return sum;
  }

  /** Σ_i n_ii / Σ_i t_i; NaN without a pixel. */
  public double pixelAccuracy() {
    long right = 0;
    for (int i = 0; i < classes; i++) {
      right += count(i, i);
    }
    return (double) right / pixels();
  }

  /** n_ii / t_i; NaN for a class without pixels. */
  public double accuracy(int label) {
    return (double) count(label, label) / pixels(label);
  }

  /** n_ii / (t_i + Σ_j n_ji − n_ii), intersection over union; NaN for a class nowhere seen. */
  public double iu(int label) {
    return (double) count(label, label) / (pixels(label) + given(label) - count(label, label));
  }

  /** Mean of {@link #accuracy} over classes with pixels. */
  public double meanAccuracy() {
    return mean(this::accuracy);
  }

  /** Mean of {@link #iu} over classes that are seen. */
  public double meanIu() {
    return mean(this::iu);
  }

  private double mean(IntToDoubleFunction measure) {
    return IntStream.range(0, classes)
        .mapToDouble(measure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** {@code Σ_i t_i IU_i / Σ_i t_i}. */
  public double frequencyWeightedIu() {
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      sum += pixels(i) == 0 ? 0 : pixels(i) * iu(i);
    }
    return sum / pixels();
  }
}
