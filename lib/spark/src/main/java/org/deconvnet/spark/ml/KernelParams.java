package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * The parameters that {@link PyramidKernelClassifier} and its model share: one entry a kernel in
 * each array.
 */
final class KernelParams implements Serializable {
  private static final long serialVersionUID = 1;

  final StringArrayParam featuresCols;
  final StringArrayParam kernels;
  final DoubleArrayParam weights;
  final PredictionParams prediction;
  final InvalidRowParams invalid;

  KernelParams(Params owner) {
    featuresCols = new StringArrayParam(owner, "featuresCols", "columns of pyramid vectors");
    kernels = new StringArrayParam(owner, "kernels", "intersection or linear, for each column");
    weights = new DoubleArrayParam(owner, "weights", "weight of each kernel in the sum (> 0)");
    prediction = new PredictionParams(owner);
    invalid = new InvalidRowParams(owner);
  }

  static String name(PyramidKernel kernel) {
    return kernel.name().toLowerCase(Locale.ROOT);
  }

  PyramidKernel[] kernels(Params owner) {
    String[] names = owner.getOrDefault(kernels);
    String stage = owner.uid();
    Checks.equal(stage + ": kernels", owner.getOrDefault(featuresCols).length, names.length);
    Checks.equal(stage + ": weights", names.length, owner.getOrDefault(weights).length);
    return Arrays.stream(names).map(n -> kernel(n, stage)).toArray(PyramidKernel[]::new);
  }

  private static PyramidKernel kernel(String name, String stage) {
    return Arrays.stream(PyramidKernel.values())
        .filter(kernel -> name(kernel).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserErrorException(
                    "%s: kernels: expected intersection or linear, got '%s'"
                        .formatted(stage, name)));
  }

  /**
   * @param classes names by number; empty before a fit knows them
   */
  StructType output(StructType schema, Params owner, String... classes) {
    for (String column : owner.getOrDefault(featuresCols)) {
      Columns.require(schema, column, new VectorUDT(), owner.uid());
    }
    return prediction.output(schema, owner, classes);
  }
}
