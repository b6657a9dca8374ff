package org.deconvnet.spark.experiment;

import java.util.List;
import org.deconvnet.classify.ConfusionMatrix;

/** Test images by true and predicted class, with the classes' names. */
record Outcome(List<String> labels, ConfusionMatrix matrix) {
  double meanPerClassRate() {
    return matrix.meanPerClassRate();
  }
}
