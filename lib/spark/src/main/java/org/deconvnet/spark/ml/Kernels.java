package org.deconvnet.spark.ml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.PyramidKernel;

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
    PyramidColumns.requireOneEach(stage, "kernels", columns, stage.getKernels().length);
    return Arrays.stream(stage.getKernels())
        .map(name -> PyramidKernel.valueOf(name.toUpperCase(Locale.ROOT)))
        .toArray(PyramidKernel[]::new);
  }

  /**
   * @param classes names by number; empty before a fit knows them
   */
  static StructType schema(StructType schema, KernelParams<?> stage, String... classes) {
    of(stage);
    return PyramidColumns.schema(schema, stage, classes);
  }
}
