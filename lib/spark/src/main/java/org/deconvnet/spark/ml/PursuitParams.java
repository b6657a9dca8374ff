package org.deconvnet.spark.ml;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.deconvnet.pursuit.PixelWindows;
import org.deconvnet.pursuit.Signs;

/**
 * The parameters that {@link PixelPursuit} and its model share.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface PursuitParams<S>
    extends InputParam<S>, OutputParam<S>, InvalidRowParams<S>, EngineParam<S> {
  @Override
  default Param<String> inputCol() {
    return Declared.column(this, "inputCol", "column of grey images in [0, 1]");
  }

  @Override
  default Param<String> outputCol() {
    return Declared.column(this, "outputCol", "column of one map an atom, a number a cell");
  }

  default IntParam sparsity() {
    return Declared.whole(
        this,
        "sparsity",
        "atoms that a window is coded with, at most",
        Takes.between(1, PixelWindows.DIMENSION));
  }

  default int getSparsity() {
    return (Integer) getOrDefault(sparsity());
  }

  default S setSparsity(int value) {
    return Fluent.set(this, sparsity(), value);
  }

  default IntParam cell() {
    return Declared.whole(this, "cell", "pixels along a cell's side", Takes.atLeast(1));
  }

  default int getCell() {
    return (Integer) getOrDefault(cell());
  }

  /** In pixels. */
  default S setCell(int value) {
    return Fluent.set(this, cell(), value);
  }

  default Param<String> signs() {
    return Declared.text(
        this,
        "signs",
        "positive and negative weights: together, or apart with a map each",
        Takes.oneOf(Arrays.stream(Signs.values()).map(PursuitParams::name).toList()));
  }

  default String getSigns() {
    return getOrDefault(signs());
  }

  /** {@code together} or {@code apart}. */
  default S setSigns(String value) {
    return Fluent.set(this, signs(), value);
  }

  /** What is done with signs, as the parameter names it. */
  static String name(Signs signs) {
    return signs.name().toLowerCase(Locale.ROOT);
  }
}
