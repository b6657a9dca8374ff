package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.Preparation;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.ImageColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * Decodes and normalises images (ICCV 2011: grey, longest side to 150, local contrast). Input: a
 * column of image files' bytes, of Spark's own images, or of numbers with their size ({@link
 * ImageColumn}). Only files say which way up they are. Output: a column of maps ({@link
 * FeatureMapsColumn#DENSE}), each at its own size, and a column {@code error}: null, or why the
 * file is no usable image, whose maps are then null. {@code plainSides} adds columns of grey images
 * as they are, each at a size of its own ({@link #plainColOf}). With {@code handleInvalid} such
 * rows stay, go, or end the job; stages behind this one pass what stays on, with nulls, and learn
 * nothing from it. Thread-safe once its parameters are set.
 */
public final class ImagePreprocessor extends Transformer
    implements PreprocessParams<ImagePreprocessor>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  /** Column that says why a file could not be used. */
  public static final String ERROR = "error";

  /** Columns of {@code plainSides} are called so, with the side behind. */
  private static final String PLAIN = "plain";

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
    setDefault(plainSides(), new int[0]);
    setDefault(grey(), defaults.grey());
    setDefault(longestSide(), defaults.longestSide());
    setDefault(padToSquare(), defaults.padToSquare());
    setDefault(subtractMean(), defaults.subtractMean());
    setDefault(localContrast(), defaults.localContrast());
    setDefault(window(), defaults.window());
    setDefault(sigma(), defaults.sigma());
    setDefault(border(), PreprocessParams.name(defaults.border()));
    setDefault(deviationFloor(), defaults.deviationFloor());
    setDefault(deviation(), PreprocessParams.name(defaults.deviation()));
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
    ImageColumn.of(schema, getInputCol(), uid);
    toOptions();
    StructType withMaps = Columns.add(schema, getOutputCol(), FeatureMapsColumn.DENSE, uid);
    StructType out = Columns.add(withMaps, ERROR, DataTypes.StringType, uid);
    if (!getPlainCol().isEmpty()) {
      out = Columns.add(out, getPlainCol(), FeatureMapsColumn.DENSE, uid);
    }
    for (int side : getPlainSides()) {
      out = Columns.add(out, plainColOf(side), FeatureMapsColumn.DENSE, uid);
    }
    return out;
  }

  /** The column of grey images with that longest side, where {@code plainSides} has it. */
  public static String plainColOf(int longestSide) {
    return PLAIN + longestSide;
  }

  /** The longest side that {@link #plainColOf} has made the column's name of, if it has. */
  public static OptionalInt plainSideOf(String column) {
    return column.matches(PLAIN + "[1-9]\\d{0,8}")
        ? OptionalInt.of(Integer.parseInt(column.substring(PLAIN.length())))
        : OptionalInt.empty();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    Preprocessing work =
        new Preprocessing(
            dataset.schema().fieldIndex(getInputCol()),
            ImageColumn.of(dataset.schema(), getInputCol(), uid),
            new Preprocessor(toOptions()),
            getPlainCol().isEmpty() ? null : plain(),
            Arrays.stream(getPlainSides()).mapToObj(this::sized).toList(),
            new DecodeLimits(getMaxPixels(), DecodeLimits.DEFAULT.maxBytes()),
            getLeastSide());
    RowCheck check = RowCheck.of(out, this, getOutputCol());
    return PartitionLoop.over(dataset, out, rows -> check.passed(new Mapped<>(rows, work::of)));
  }

  private Preprocessor plain() {
    return new Preprocessor(toOptions().withSubtractMean(false).withLocalContrast(false));
  }

  private Preparation sized(int side) {
    return new Preprocessor(
        plain().options().withGrey(true).withPadToSquare(false).withLongestSide(side));
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
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
