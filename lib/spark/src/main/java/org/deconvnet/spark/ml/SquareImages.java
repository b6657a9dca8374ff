package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.LargeEnough;
import org.deconvnet.preprocess.MiddleCrop;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.ImageColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * Files to images of one size, in [0, 1], for a generator: the middle square, resized. Immutable
 * and thread-safe.
 *
 * @param least fewest rows and columns of a file's image: smaller ones are not usable
 * @param maxPixels larger images are refused undecoded
 */
public record SquareImages(MiddleCrop crop, int least, long maxPixels)
    implements DecodingStage, Serializable {
  private static final String FILES = "content";
  private static final String IMAGES = "image";

  @Override
  public boolean getUpright() {
    return crop.upright();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    StructType out =
        Columns.add(
            Columns.add(schema, IMAGES, FeatureMapsColumn.DENSE, "squareImages"),
            ImagePreprocessor.ERROR,
            DataTypes.StringType,
            "squareImages");
    Preprocessing work =
        new Preprocessing(
            schema.fieldIndex(FILES),
            ImageColumn.of(schema, FILES, "squareImages"),
            new LargeEnough(crop, least),
            null,
            List.of(),
            new DecodeLimits(maxPixels, DecodeLimits.DEFAULT.maxBytes()),
            1);
    return PartitionLoop.over(dataset, out, rows -> new Mapped<>(rows, work::of));
  }
}
