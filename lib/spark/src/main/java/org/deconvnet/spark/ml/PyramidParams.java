package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.pyramid.PyramidOptions;
import org.deconvnet.tensor.Checks;

/**
 * The parameters that {@link SpatialPyramidEncoder} and its model share, made once for both. The
 * owner's uid must be set before it builds one.
 */
final class PyramidParams implements Serializable {
  private static final long serialVersionUID = 1;

  final Param<String> inputCol;
  final Param<String> imageCol;
  final StringArrayParam outputCols;
  final Param<String> engine;
  final IntParam patch;
  final IntParam step;
  final IntParam cells;
  final DoubleParam clip;
  final IntParam levels;
  final StringArrayParam codings;
  final InvalidRowParams invalid;

  PyramidParams(Params owner) {
    invalid = new InvalidRowParams(owner);
    inputCol = new Param<>(owner, "inputCol", "column of a layer's responses");
    imageCol = new Param<>(owner, "imageCol", "column of the images, for their size");
    outputCols =
        new StringArrayParam(owner, "outputCols", "columns of pyramid vectors, one a coding");
    engine = new Param<>(owner, "engine", "convolution engine: auto, vector or scalar");
    patch = new IntParam(owner, "patch", "pixels of a descriptor's side", ParamValidators.gtEq(1));
    step = new IntParam(owner, "step", "pixels between descriptors", ParamValidators.gtEq(1));
    cells = new IntParam(owner, "cells", "cells along its side", ParamValidators.gtEq(1));
    clip = new DoubleParam(owner, "clip", "largest normalised entry", ParamValidators.gt(0));
    levels = new IntParam(owner, "levels", "pyramid levels; 3: 1+4+16", ParamValidators.gtEq(1));
    codings =
        new StringArrayParam(
            owner,
            "codings",
            "hard: nearest word, soft: weights over five words, both summed; softmax: soft weights,"
                + " llc: locality-constrained weights, sparse: sparse weights over words learned for"
                + " them, all three pooled to maxima");
  }

  DescriptorOptions descriptorOptions(Params owner) {
    return new DescriptorOptions(
        (Integer) owner.getOrDefault(patch),
        (Integer) owner.getOrDefault(step),
        (Integer) owner.getOrDefault(cells),
        (Double) owner.getOrDefault(clip));
  }

  PyramidOptions pyramidOptions(Params owner) {
    return new PyramidOptions((Integer) owner.getOrDefault(levels));
  }

  PyramidCode[] codes(Params owner) {
    String[] names = owner.getOrDefault(codings);
    Checks.equal(owner.uid() + ": codings", owner.getOrDefault(outputCols).length, names.length);
    return Arrays.stream(names).map(PyramidCode::named).toArray(PyramidCode[]::new);
  }
}
