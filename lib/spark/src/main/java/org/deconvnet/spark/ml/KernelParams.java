package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The kernels that {@link PyramidKernelClassifier} and its model share: one entry a kernel in each
 * array.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface KernelParams<S> extends PredictionParams<S> {
  default StringArrayParam featuresCols() {
    return Declared.texts(this, "featuresCols", "columns of pyramid vectors", Takes.column());
  }

  default String[] getFeaturesCols() {
    return getOrDefault(featuresCols());
  }

  /** As many as {@code kernels} and {@code weights}. */
  default S setFeaturesCols(String... values) {
    return Fluent.set(this, featuresCols(), values);
  }

  default StringArrayParam kernels() {
    return Declared.texts(this, "kernels", "kernel of each column", Takes.oneOf(Kernels.NAMES));
  }

  default String[] getKernels() {
    return getOrDefault(kernels());
  }

  /** As many as {@code featuresCols}. */
  default S setKernels(String... values) {
    return Fluent.set(this, kernels(), values);
  }

  default DoubleArrayParam weights() {
    return Declared.numbers(this, "weights", "weight of each kernel in the sum", Takes.positive());
  }

  default double[] getWeights() {
    return getOrDefault(weights());
  }

  /** As many as {@code featuresCols}. */
  default S setWeights(double... values) {
    return Fluent.set(this, weights(), values);
  }
}
