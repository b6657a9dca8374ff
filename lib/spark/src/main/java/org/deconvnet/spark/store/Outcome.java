package org.deconvnet.spark.store;

import java.util.List;
import org.deconvnet.classify.ConfusionMatrix;

/** Test images by true and predicted class, with the classes' names. */
public record Outcome(List<String> labels, ConfusionMatrix matrix) {
  public double meanPerClassRate() {
    return matrix.meanPerClassRate();
  }
}
