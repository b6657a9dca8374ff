package org.deconvnet.spark.columns;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/** What a column of images to be preprocessed may hold. */
public enum ImageColumn {
  /** Bytes of an image file. */
  FILE("the bytes of an image file"),
  /** Spark's decoded image: {@link SparkImageColumn}. */
  SPARK_IMAGE("an image"),
  /** Numbers of any range with their size: {@link FeatureMapsColumn#isDense}. */
  MAPS("maps");

  private final String words;

  ImageColumn(String words) {
    this.words = words;
  }

  /** What a row must have there, in words. */
  public String words() {
    return words;
  }

  /** Throws unless the column is there and holds images in one of these ways. */
  public static ImageColumn of(StructType schema, String column, String stage) {
    Columns.require(
        schema,
        column,
        type -> find(type).isPresent(),
        "binary (files), %s (Spark's images) or %s (maps)"
            .formatted(SparkImageColumn.SCHEMA.catalogString(), FeatureMapsColumn.expected()),
        stage);
    return find(schema.apply(column).dataType()).orElseThrow();
  }

  private static Optional<ImageColumn> find(DataType type) {
    return Arrays.stream(values()).filter(one -> one.holds(type)).findFirst();
  }

  private boolean holds(DataType type) {
    return switch (this) {
      case FILE -> type.equals(DataTypes.BinaryType);
      case SPARK_IMAGE -> SparkImageColumn.is(type);
      case MAPS -> FeatureMapsColumn.isDense(type);
    };
  }

  /**
   * The maps of a row whose image is decoded already.
   *
   * @throws UserErrorException if it is no image, or has more than {@code maxPixels}
   */
  public FeatureMaps decoded(Row image, long maxPixels) {
    if (this == SPARK_IMAGE) {
      return SparkImageColumn.toMaps(image, maxPixels);
    }
    FeatureMaps maps = FeatureMapsColumn.fromRow(image);
    requireFew(maps.shape(), maxPixels);
    return maps;
  }

  static void requireFew(Shape shape, long maxPixels) {
    if (shape.plane() > maxPixels) {
      throw new UserErrorException(
          "expected at most %d pixels, got %d x %d; raise maxPixels or use a smaller image"
              .formatted(maxPixels, shape.height(), shape.width()));
    }
  }
}
