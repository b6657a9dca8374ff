package org.deconvnet.spark.evaluate;

import java.util.List;
import java.util.Map;
import org.deconvnet.spark.store.Outcome;

/** Trains on the training part of a split and counts what it gets right on the test part. */
interface SplitClassifier {
  /**
   * @param c the penalty that was used
   * @param mistakes the worst, the largest margin first
   */
  record Tested(Outcome outcome, double c, List<Mistake> mistakes) {}

  /**
   * @param combination weights of kernels by name
   */
  Tested test(Map<String, Double> combination);
}
