package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageTooSmallException;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Decodes and normalises images (ICCV 2011: grey, longest side to 150, local contrast). Input: a
 * column of image files' bytes. Output: a column of maps ({@link FeatureMapsColumn#DENSE}), each at
 * its own size, and a column {@code error}: null, or why the file is no usable image, whose maps
 * are then null. With {@code handleInvalid} such rows stay, go, or end the job; stages behind this
 * one pass what stays on, with nulls, and learn nothing from it. Thread-safe once its parameters
 * are set.
 */
public final class ImagePreprocessor extends Transformer
    implements PreprocessParams<ImagePreprocessor>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  /** Column that says why a file could not be used. */
  public static final String ERROR = "error";

  private final String uid;

  public ImagePreprocessor() {
    this(Identifiable$.MODULE$.randomUID("imagePreprocessor"));
  }

  public ImagePreprocessor(String uid) {
    this.uid = uid;
    Defaults.ofRows(this);
    PreprocessOptions defaults = PreprocessOptions.DEFAULTS;
    setDefault(inputCol(), "content");
    setDefault(outputCol(), "image");
    setDefault(plainCol(), "");
    setDefault(grey(), defaults.grey());
    setDefault(longestSide(), defaults.longestSide());
    setDefault(padToSquare(), defaults.padToSquare());
    setDefault(subtractMean(), defaults.subtractMean());
    setDefault(localContrast(), defaults.localContrast());
    setDefault(window(), defaults.window());
    setDefault(sigma(), defaults.sigma());
    setDefault(border(), PreprocessParams.name(defaults.border()));
    setDefault(deviationFloor(), defaults.deviationFloor());
    setDefault(upright(), defaults.upright());
    setDefault(maxPixels(), DecodeLimits.DEFAULT.maxPixels());
    setDefault(leastSide(), 1);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, getInputCol(), DataTypes.BinaryType, uid);
    toOptions();
    StructType withMaps = Columns.add(schema, getOutputCol(), FeatureMapsColumn.DENSE, uid);
    StructType withError = Columns.add(withMaps, ERROR, DataTypes.StringType, uid);
    return getPlainCol().isEmpty()
        ? withError
        : Columns.add(withError, getPlainCol(), FeatureMapsColumn.DENSE, uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int input = dataset.schema().fieldIndex(getInputCol());
    Preprocessor preprocessor = new Preprocessor(toOptions());
    DecodeLimits limits = new DecodeLimits(getMaxPixels(), DecodeLimits.DEFAULT.maxBytes());
    int least = getLeastSide();
    Preprocessor plain = getPlainCol().isEmpty() ? null : plain();
    RowCheck check = RowCheck.of(out, this, getOutputCol());
    return PartitionLoop.over(
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
