package org.deconvnet.spark.evaluate;

import java.util.Map;
import org.deconvnet.spark.store.Outcome;

/** Trains on the training part of a split and counts what it gets right on the test part. */
interface SplitClassifier {
  /**
   * @param c the penalty that was used
   */
  record Tested(Outcome outcome, double c) {}

  /**
   * @param combination weights of kernels by name
   */
  Tested test(Map<String, Double> combination);
}
