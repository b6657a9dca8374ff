package org.deconvnet.spark.store;

import java.util.List;
import java.util.Locale;
import org.deconvnet.classify.ConfusionMatrix;

/** Test images by true and predicted class, with the classes' names. */
public record Outcome(List<String> labels, ConfusionMatrix matrix) {
  public double meanPerClassRate() {
    return matrix.meanPerClassRate();
  }

  /** A share in words, with one decimal: 0.765 is 76.5 %. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
