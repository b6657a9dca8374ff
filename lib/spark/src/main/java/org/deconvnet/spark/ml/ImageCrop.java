package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.MiddleCrop;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.ImageColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * Decodes images and cuts out their middle, pixels in [0, 1]: what {@link OnnxNetwork} takes. Input
 * and {@code error} are as {@link ImagePreprocessor} has them; all maps have one size. Thread-safe
 * once its parameters are set.
 */
public final class ImageCrop extends Transformer
    implements CropParams<ImageCrop>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;
  private static final int SIDE = 224;
  private static final int SHORTER_SIDE = 256;

  private final String uid;

  public ImageCrop() {
    this(Identifiable$.MODULE$.randomUID("imageCrop"));
  }

  public ImageCrop(String uid) {
    this.uid = uid;
    Defaults.ofRows(this);
    setDefault(inputCol(), "content");
    setDefault(outputCol(), "image");
    setDefault(colours(), true);
    setDefault(resize(), SHORTER_SIDE);
    setDefault(rows(), SIDE);
    setDefault(columns(), SIDE);
    setDefault(upright(), true);
    setDefault(maxPixels(), DecodeLimits.DEFAULT.maxPixels());
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    ImageColumn.of(schema, getInputCol(), uid);
    toCrop();
    return Columns.add(
        Columns.add(schema, getOutputCol(), FeatureMapsColumn.DENSE, uid),
        ImagePreprocessor.ERROR,
        DataTypes.StringType,
        uid);
  }

  /** What it does with an image. */
  public MiddleCrop toCrop() {
    return new MiddleCrop(getColours(), getResize(), getRows(), getColumns(), getUpright());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    Preprocessing work =
        new Preprocessing(
            dataset.schema().fieldIndex(getInputCol()),
            ImageColumn.of(dataset.schema(), getInputCol(), uid),
            toCrop(),
            null,
            List.of(),
            new DecodeLimits(getMaxPixels(), DecodeLimits.DEFAULT.maxBytes()),
            1);
    RowCheck check = RowCheck.of(out, this, getOutputCol());
    return PartitionLoop.over(dataset, out, rows -> check.passed(new Mapped<>(rows, work::of)));
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public ImageCrop copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<ImageCrop> read() {
    return new DefaultParamsReader<>();
  }

  public static ImageCrop load(String path) throws IOException {
    return read().load(path);
  }
}
