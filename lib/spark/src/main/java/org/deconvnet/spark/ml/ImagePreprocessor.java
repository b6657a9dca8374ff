package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.preprocess.Border;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageTooSmallException;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Decodes and normalises images (ICCV 2011: grey, longest side to 150, local contrast). Input: a
 * column of image files' bytes. Output: a column of maps ({@link FeatureMapsColumn#DENSE}), each at
 * its own size, and a column {@code error}: null, or why the file is no usable image, whose maps
 * are then null. With {@code handleInvalid} such rows stay, go, or end the job; stages behind this
 * one pass what stays on, with nulls, and learn nothing from it. Thread-safe once its parameters
 * are set.
 */
public final class ImagePreprocessor extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  /** Column that says why a file could not be used. */
  public static final String ERROR = "error";

  private static final List<String> BORDERS =
      Arrays.stream(Border.values()).map(ImagePreprocessor::lowerCase).toList();

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> plainCol;
  private final BooleanParam grey;
  private final IntParam longestSide;
  private final BooleanParam padToSquare;
  private final BooleanParam subtractMean;
  private final BooleanParam localContrast;
  private final IntParam window;
  private final DoubleParam sigma;
  private final Param<String> border;
  private final DoubleParam deviationFloor;
  private final BooleanParam upright;
  private final LongParam maxPixels;
  private final IntParam leastSide;
  private final InvalidRowParams invalid;

  public ImagePreprocessor() {
    this(Identifiable$.MODULE$.randomUID("imagePreprocessor"));
  }

  public ImagePreprocessor(String uid) {
    this.uid = uid;
    PreprocessOptions defaults = PreprocessOptions.DEFAULTS;
    invalid = new InvalidRowParams(this);
    inputCol = new Param<>(this, "inputCol", "column of the files' bytes");
    outputCol = new Param<>(this, "outputCol", "column of preprocessed maps");
    plainCol =
        new Param<>(
            this, "plainCol", "column of the same without mean and contrast steps; empty: none");
    grey = new BooleanParam(this, "grey", "reduce colour to luminance");
    longestSide =
        new IntParam(
            this,
            "longestSide",
            "pixels of the longer side after resizing; 0 keeps the size",
            ParamValidators.gtEq(0));
    padToSquare = new BooleanParam(this, "padToSquare", "zeros to the right and below");
    subtractMean = new BooleanParam(this, "subtractMean", "every map loses its mean");
    localContrast = new BooleanParam(this, "localContrast", "local contrast normalisation");
    window = new IntParam(this, "window", "pixels of its Gaussian window (odd)");
    sigma = new DoubleParam(this, "sigma", "its standard deviation", ParamValidators.gt(0));
    border =
        new Param<>(
            this,
            "border",
            "beyond the edges: reflect, or valid (fewer pixels)",
            ParamValidators.inArray(BORDERS));
    deviationFloor =
        new DoubleParam(
            this,
            "deviationFloor",
            "smallest divisor; 0 takes the median deviation",
            ParamValidators.gtEq(0));
    upright =
        new BooleanParam(this, "upright", "turn images as their EXIF or TIFF orientation says");
    maxPixels =
        new LongParam(
            this, "maxPixels", "larger images are refused undecoded", ParamValidators.gt(0));
    leastSide =
        new IntParam(
            this,
            "leastSide",
            "images that end with fewer rows or columns are no usable images",
            ParamValidators.gtEq(1));
    setDefault(inputCol, "content");
    setDefault(outputCol, "image");
    setDefault(plainCol, "");
    setDefault(grey, defaults.grey());
    setDefault(longestSide, defaults.longestSide());
    setDefault(padToSquare, defaults.padToSquare());
    setDefault(subtractMean, defaults.subtractMean());
    setDefault(localContrast, defaults.localContrast());
    setDefault(window, defaults.window());
    setDefault(sigma, defaults.sigma());
    setDefault(border, lowerCase(defaults.border()));
    setDefault(deviationFloor, defaults.deviationFloor());
    setDefault(upright, defaults.upright());
    setDefault(maxPixels, DecodeLimits.DEFAULT.maxPixels());
    setDefault(leastSide, 1);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public Param<String> plainCol() {
    return plainCol;
  }

  public BooleanParam grey() {
    return grey;
  }

  public IntParam longestSide() {
    return longestSide;
  }

  public BooleanParam padToSquare() {
    return padToSquare;
  }

  public BooleanParam subtractMean() {
    return subtractMean;
  }

  public BooleanParam localContrast() {
    return localContrast;
  }

  public IntParam window() {
    return window;
  }

  public DoubleParam sigma() {
    return sigma;
  }

  public Param<String> border() {
    return border;
  }

  public DoubleParam deviationFloor() {
    return deviationFloor;
  }

  public BooleanParam upright() {
    return upright;
  }

  public LongParam maxPixels() {
    return maxPixels;
  }

  public IntParam leastSide() {
    return leastSide;
  }

  public Param<String> idCol() {
    return invalid.idCol;
  }

  public Param<String> handleInvalid() {
    return invalid.handleInvalid;
  }

  public String getHandleInvalid() {
    return $(invalid.handleInvalid);
  }

  /** Rows without a usable image: {@code keep}, the default, {@code skip} or {@code error}. */
  public ImagePreprocessor setHandleInvalid(String value) {
    set(invalid.handleInvalid, value);
    return this;
  }

  /** The column that names rows in messages. */
  public ImagePreprocessor setIdCol(String value) {
    set(invalid.idCol, value);
    return this;
  }

  public ImagePreprocessor setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  public ImagePreprocessor setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  public ImagePreprocessor setPlainCol(String value) {
    set(plainCol, value);
    return this;
  }

  public boolean getUpright() {
    return (Boolean) $(upright);
  }

  /** False: images stay as they are stored, whatever their files say of the orientation. */
  public ImagePreprocessor setUpright(boolean value) {
    set(upright, value);
    return this;
  }

  public ImagePreprocessor setMaxPixels(long value) {
    set(maxPixels, value);
    return this;
  }

  public ImagePreprocessor setLeastSide(int value) {
    set(leastSide, value);
    return this;
  }

  public ImagePreprocessor setOptions(PreprocessOptions options) {
    set(grey, options.grey());
    set(longestSide, options.longestSide());
    set(padToSquare, options.padToSquare());
    set(subtractMean, options.subtractMean());
    set(localContrast, options.localContrast());
    set(window, options.window());
    set(sigma, options.sigma());
    set(border, lowerCase(options.border()));
    set(deviationFloor, options.deviationFloor());
    set(upright, options.upright());
    return this;
  }

  public PreprocessOptions toOptions() {
    return new PreprocessOptions(
        (Boolean) $(grey),
        (Integer) $(longestSide),
        (Boolean) $(padToSquare),
        (Boolean) $(subtractMean),
        (Boolean) $(localContrast),
        (Integer) $(window),
        (Double) $(sigma),
        Border.valueOf($(border).toUpperCase(Locale.ROOT)),
        (Double) $(deviationFloor),
        (Boolean) $(upright));
  }

  private static String lowerCase(Border border) {
    return border.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, $(inputCol), DataTypes.BinaryType, uid);
    StructType withMaps = Columns.add(schema, $(outputCol), FeatureMapsColumn.DENSE, uid);
    StructType withError = Columns.add(withMaps, ERROR, DataTypes.StringType, uid);
    return $(plainCol).isEmpty()
        ? withError
        : Columns.add(withError, $(plainCol), FeatureMapsColumn.DENSE, uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int input = dataset.schema().fieldIndex($(inputCol));
    Preprocessor preprocessor = new Preprocessor(toOptions());
    DecodeLimits limits = new DecodeLimits((Long) $(maxPixels), DecodeLimits.DEFAULT.maxBytes());
    int least = (Integer) $(leastSide);
    Preprocessor plain = $(plainCol).isEmpty() ? null : plain();
    RowCheck check = RowCheck.of(out, invalid, this, $(outputCol));
    return Columns.mapped(
        dataset,
        out,
        rows ->
            check.passed(
                new Mapped<>(
                    rows, row -> preprocess(row, input, preprocessor, plain, limits, least))));
  }

  private Preprocessor plain() {
    return new Preprocessor(toOptions().withSubtractMean(false).withLocalContrast(false));
  }

  private static Row preprocess(
      Row row,
      int input,
      Preprocessor preprocessor,
      Preprocessor plain,
      DecodeLimits limits,
      int least) {
    if (row.isNullAt(input)) {
      return unusable(row, "expected the bytes of an image file, got null", plain);
    }
    try {
      FeatureMaps resized = preprocessor.decodeResized(row.<byte[]>getAs(input), limits);
      FeatureMaps maps = preprocessor.apply(resized);
      if (Math.min(maps.height(), maps.width()) < least) {
        return unusable(row, tooSmall(maps, least), plain);
      }
      Row made = FeatureMapsColumn.toRow(maps);
      return plain == null
          ? Columns.append(row, made, null)
          : Columns.append(row, made, null, FeatureMapsColumn.toRow(plain.apply(resized)));
    } catch (ImageDecodeException | ImageTooSmallException e) {
      return unusable(row, e.getMessage(), plain);
    }
  }

  private static Row unusable(Row row, String reason, Preprocessor plain) {
    return plain == null
        ? Columns.append(row, null, reason)
        : Columns.append(row, null, reason, null);
  }

  private static String tooSmall(FeatureMaps maps, int least) {
    return "expected at least %d x %d pixels after preprocessing, which the network's filters need, got %d x %d"
        .formatted(least, least, maps.height(), maps.width());
  }

  @Override
  public ImagePreprocessor copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Stages that were saved before there was {@code upright} leave images as they are stored. */
  public static MLReader<ImagePreprocessor> read() {
    return new SavedPreprocessorReader();
  }

  public static ImagePreprocessor load(String path) throws IOException {
    return read().load(path);
  }
}
