package org.deconvnet.spark.ml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.tensor.UserErrorException;

/** What {@link KernelParams} describe, checked. */
final class Kernels {
  static final List<String> NAMES =
      Arrays.stream(PyramidKernel.values()).map(Kernels::name).toList();

  private Kernels() {}

  static String name(PyramidKernel kernel) {
    return kernel.name().toLowerCase(Locale.ROOT);
  }

  /** One a column. */
  static PyramidKernel[] of(KernelParams<?> stage) {
    int columns = stage.getFeaturesCols().length;
    requireOneEach(stage, "kernels", columns, stage.getKernels().length);
    requireOneEach(stage, "weights", columns, stage.getWeights().length);
    return Arrays.stream(stage.getKernels())
        .map(name -> PyramidKernel.valueOf(name.toUpperCase(Locale.ROOT)))
        .toArray(PyramidKernel[]::new);
  }

  private static void requireOneEach(KernelParams<?> stage, String what, int columns, int got) {
    if (columns != got) {
      throw new UserErrorException(
          "%s: %s: expected %d, one for each of featuresCols, got %d"
              .formatted(stage.uid(), what, columns, got));
    }
  }

  /**
   * @param classes names by number; empty before a fit knows them
   */
  static StructType schema(StructType schema, KernelParams<?> stage, String... classes) {
    for (String column : stage.getFeaturesCols()) {
      Columns.require(schema, column, new VectorUDT(), stage.uid());
    }
    of(stage);
    return Predictions.schema(schema, stage, classes);
  }
}
