package org.deconvnet.spark.ml;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.deconvnet.preprocess.Border;
import org.deconvnet.preprocess.Deviation;
import org.deconvnet.preprocess.PreprocessOptions;

/**
 * What {@link ImagePreprocessor} does: {@link PreprocessOptions}, one at a time, and which images
 * it takes.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface PreprocessParams<S> extends DecodingParams<S> {
  @Override
  default Param<String> outputCol() {
    return Declared.column(this, "outputCol", "column of preprocessed maps");
  }

  default Param<String> plainCol() {
    return Declared.columnOrNone(
        this, "plainCol", "column of the same without mean and contrast steps");
  }

  default String getPlainCol() {
    return getOrDefault(plainCol());
  }

  default S setPlainCol(String value) {
    return Fluent.set(this, plainCol(), value);
  }

  default IntArrayParam plainSides() {
    return Declared.wholesOf(
        this,
        "plainSides",
        "pixels of longer sides: for each, a column of the grey image at that size as it is",
        Takes.anyInts(Takes.atLeast(1)));
  }

  default int[] getPlainSides() {
    return getOrDefault(plainSides());
  }

  /** In pixels, up or down; a column each, {@link ImagePreprocessor#plainColOf}. */
  default S setPlainSides(int... value) {
    return Fluent.set(this, plainSides(), value);
  }

  default BooleanParam grey() {
    return Declared.flag(this, "grey", "reduce colour to luminance");
  }

  default boolean getGrey() {
    return (Boolean) getOrDefault(grey());
  }

  /** False: three maps, a grey image repeated. */
  default S setGrey(boolean value) {
    return Fluent.set(this, grey(), value);
  }

  default IntParam longestSide() {
    return Declared.whole(
        this,
        "longestSide",
        "pixels of the longer side after resizing; 0 keeps the size",
        Takes.atLeast(0));
  }

  default int getLongestSide() {
    return (Integer) getOrDefault(longestSide());
  }

  /** In pixels, up or down; 0 keeps the size. */
  default S setLongestSide(int value) {
    return Fluent.set(this, longestSide(), value);
  }

  default BooleanParam padToSquare() {
    return Declared.flag(this, "padToSquare", "zeros to the right and below");
  }

  default boolean getPadToSquare() {
    return (Boolean) getOrDefault(padToSquare());
  }

  default S setPadToSquare(boolean value) {
    return Fluent.set(this, padToSquare(), value);
  }

  default BooleanParam subtractMean() {
    return Declared.flag(this, "subtractMean", "every map loses its mean");
  }

  default boolean getSubtractMean() {
    return (Boolean) getOrDefault(subtractMean());
  }

  default S setSubtractMean(boolean value) {
    return Fluent.set(this, subtractMean(), value);
  }

  default BooleanParam localContrast() {
    return Declared.flag(this, "localContrast", "local contrast normalisation");
  }

  default boolean getLocalContrast() {
    return (Boolean) getOrDefault(localContrast());
  }

  default S setLocalContrast(boolean value) {
    return Fluent.set(this, localContrast(), value);
  }

  default IntParam window() {
    return Declared.whole(
        this,
        "window",
        "pixels of its Gaussian window",
        new Takes<>("an odd number, at least 3", value -> value >= 3 && value % 2 == 1));
  }

  default int getWindow() {
    return (Integer) getOrDefault(window());
  }

  /** In pixels; odd. */
  default S setWindow(int value) {
    return Fluent.set(this, window(), value);
  }

  default DoubleParam sigma() {
    return Declared.number(this, "sigma", "its standard deviation", Takes.positive());
  }

  default double getSigma() {
    return (Double) getOrDefault(sigma());
  }

  /** In pixels. */
  default S setSigma(double value) {
    return Fluent.set(this, sigma(), value);
  }

  default Param<String> border() {
    return Declared.text(
        this,
        "border",
        "beyond the edges: reflect, or valid (fewer pixels)",
        Takes.oneOf(Arrays.stream(Border.values()).map(PreprocessParams::name).toList()));
  }

  default String getBorder() {
    return getOrDefault(border());
  }

  default S setBorder(String value) {
    return Fluent.set(this, border(), value);
  }

  default DoubleParam deviationFloor() {
    return Declared.number(
        this,
        "deviationFloor",
        "smallest divisor; 0 takes the median deviation",
        Takes.notNegative());
  }

  default double getDeviationFloor() {
    return (Double) getOrDefault(deviationFloor());
  }

  default S setDeviationFloor(double value) {
    return Fluent.set(this, deviationFloor(), value);
  }

  default Param<String> deviation() {
    return Declared.text(
        this,
        "deviation",
        "divisor of local contrast: auto (centred, but window with border valid), centred or window",
        Takes.oneOf(Arrays.stream(Deviation.values()).map(PreprocessParams::name).toList()));
  }

  default String getDeviation() {
    return getOrDefault(deviation());
  }

  default S setDeviation(String value) {
    return Fluent.set(this, deviation(), value);
  }

  default IntParam leastSide() {
    return Declared.whole(
        this,
        "leastSide",
        "images that end with fewer rows or columns are no usable images",
        Takes.atLeast(1));
  }

  default int getLeastSide() {
    return (Integer) getOrDefault(leastSide());
  }

  /** In pixels after preprocessing: at least the side of a network's filters. */
  default S setLeastSide(int value) {
    return Fluent.set(this, leastSide(), value);
  }

  /** Sets every parameter that options have. */
  default S setOptions(PreprocessOptions options) {
    setGrey(options.grey());
    setLongestSide(options.longestSide());
    setPadToSquare(options.padToSquare());
    setSubtractMean(options.subtractMean());
    setLocalContrast(options.localContrast());
    setWindow(options.window());
    setSigma(options.sigma());
    setBorder(name(options.border()));
    setDeviationFloor(options.deviationFloor());
    setDeviation(name(options.deviation()));
    return setUpright(options.upright());
  }

  /**
   * The options that the parameters describe.
   *
   * @throws org.deconvnet.tensor.UserErrorException if they contradict each other
   */
  default PreprocessOptions toOptions() {
    return new PreprocessOptions(
        getGrey(),
        getLongestSide(),
        getPadToSquare(),
        getSubtractMean(),
        getLocalContrast(),
        getWindow(),
        getSigma(),
        Border.valueOf(getBorder().toUpperCase(Locale.ROOT)),
        getDeviationFloor(),
        Deviation.valueOf(getDeviation().toUpperCase(Locale.ROOT)),
        getUpright());
  }

  /** A border or a deviation as the parameter names it. */
  static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
