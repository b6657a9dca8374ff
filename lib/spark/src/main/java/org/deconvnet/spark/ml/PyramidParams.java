package org.deconvnet.spark.ml;

import java.util.Arrays;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.deconvnet.pyramid.PyramidCode;

/**
 * The parameters that {@link SpatialPyramidEncoder} and its model share.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface PyramidParams<S>
    extends InputParam<S>,
        InvalidRowParams<S>,
        EngineParam<S>,
        DescriptorParams<S>,
        LevelsParam<S> {
  @Override
  default Param<String> inputCol() {
    return Declared.column(this, "inputCol", "column of a layer's responses, or of descriptors");
  }

  default Param<String> imageCol() {
    return Declared.column(this, "imageCol", "column of the images, for their size");
  }

  default String getImageCol() {
    return getOrDefault(imageCol());
  }

  /** The column of the images whose sizes the maps belong to. */
  default S setImageCol(String value) {
    return Fluent.set(this, imageCol(), value);
  }

  default BooleanParam cellMaps() {
    return Declared.flag(
        this, "cellMaps", "maps hold a number a cell already, pooled over patch / cells pixels");
  }

  default boolean getCellMaps() {
    return (Boolean) getOrDefault(cellMaps());
  }

  /** Descriptors are then the cells of a patch ({@link org.deconvnet.describe.CellDescriptors}). */
  default S setCellMaps(boolean value) {
    return Fluent.set(this, cellMaps(), value);
  }

  default StringArrayParam outputCols() {
    return Declared.texts(
        this, "outputCols", "columns of pyramid vectors, one a coding", Takes.column());
  }

  default String[] getOutputCols() {
    return getOrDefault(outputCols());
  }

  /** One a coding. */
  default S setOutputCols(String... values) {
    return Fluent.set(this, outputCols(), values);
  }

  default StringArrayParam codings() {
    return Declared.texts(
        this,
        "codings",
        "hard: nearest word, soft: weights over five words, both summed; softmax: soft weights,"
            + " llc: locality-constrained weights, sparse: sparse weights over words learned for"
            + " them, all three pooled to maxima",
        Takes.oneOf(
            Arrays.stream(PyramidCode.values())
                .filter(PyramidCode::byWords)
                .map(PyramidCode::toString)
                .toList()));
  }

  default String[] getCodings() {
    return getOrDefault(codings());
  }

  /** Names of {@link PyramidCode}, each by words; sparse has words of its own. */
  default S setCodings(String... values) {
    return Fluent.set(this, codings(), values);
  }
}
