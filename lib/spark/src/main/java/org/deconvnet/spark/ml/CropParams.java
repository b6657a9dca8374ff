package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * What {@link ImageCrop} does, and which images it takes.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface CropParams<S> extends DecodingParams<S> {
  @Override
  default Param<String> outputCol() {
    return Declared.column(this, "outputCol", "column of cropped images");
  }

  default BooleanParam colours() {
    return Declared.flag(this, "colours", "three maps; otherwise one, of luminance");
  }

  default boolean getColours() {
    return (Boolean) getOrDefault(colours());
  }

  /** True: three maps, a grey image repeated. */
  default S setColours(boolean value) {
    return Fluent.set(this, colours(), value);
  }

  default IntParam resize() {
    return Declared.whole(
        this,
        "resize",
        "pixels that the crop's shorter side stands for before it is cut",
        Takes.atLeast(1));
  }

  default int getResize() {
    return (Integer) getOrDefault(resize());
  }

  /** In pixels: for a square crop, the image's shorter side before the crop. */
  default S setResize(int value) {
    return Fluent.set(this, resize(), value);
  }

  default IntParam rows() {
    return Declared.whole(this, "rows", "rows of the middle that is cut out", Takes.atLeast(1));
  }

  default int getRows() {
    return (Integer) getOrDefault(rows());
  }

  default S setRows(int value) {
    return Fluent.set(this, rows(), value);
  }

  default IntParam columns() {
    return Declared.whole(
        this, "columns", "columns of the middle that is cut out", Takes.atLeast(1));
  }

  default int getColumns() {
    return (Integer) getOrDefault(columns());
  }

  default S setColumns(int value) {
    return Fluent.set(this, columns(), value);
  }
}
