package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.StringArrayParam;

/**
 * The kernels that {@link PyramidKernelClassifier} and its model share: one entry a kernel in each
 * array.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface KernelParams<S> extends PyramidColumnsParams<S> {
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
}
