package org.deconvnet.spark.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.deconvnet.learn.LayerProgress;

/**
 * The numbers of the run that this driver is at, for whoever watches from outside. A driver makes
 * one run at a time. What is not known yet is NaN. Thread-safe: a run writes, Spark's metrics read.
 */
final class RunMetrics {
  private static volatile LayerProgress learning;
  private static volatile double rate;
  private static volatile long badImages;

  static {
    begin();
  }

  private RunMetrics() {}

  /** A new run: what the one before left is forgotten. */
  static void begin() {
    learning = null;
    rate = Double.NaN;
    badImages = 0;
  }

  /**
   * A batch was learned.
   *
   * @param imagesPerSecond NaN while it is not known
   */
  static void learned(LayerProgress progress, double imagesPerSecond) {
    learning = progress;
    rate = imagesPerSecond;
  }

  /** As above, where no layer is learned on its own. */
  static void rate(double imagesPerSecond) {
    rate = imagesPerSecond;
  }

  /** Files that were no usable images. */
  static void skipped(long files) {
    badImages += files;
  }

  /** Every number under its name, in the order of the documents. */
  static Map<String, DoubleSupplier> all() {
    Map<String, DoubleSupplier> all = new LinkedHashMap<>();
    all.put("imagesPerSecond", () -> rate);
    all.put("objective", () -> known(LayerProgress::meanObjective));
    all.put("sparsity", () -> known(LayerProgress::density));
    all.put("layer", () -> known(LayerProgress::layer));
    all.put("epoch", () -> known(LayerProgress::epoch));
    all.put("badImages", () -> badImages);
    return all;
  }

  private static double known(ToDoubleFunction<LayerProgress> part) {
    LayerProgress now = learning;
    return now == null ? Double.NaN : part.applyAsDouble(now);
  }
}
