package org.deconvnet.spark.columns;

import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Spark's own image column, as {@code spark.read().format("image")} makes it: decoded pixels of 8
 * bits, row by row, each in the order blue, green, red, alpha.
 */
public final class SparkImageColumn {
  public static final StructType SCHEMA = ImageSchema.columnSchema();

  private static final int HEIGHT = SCHEMA.fieldIndex("height");
  private static final int WIDTH = SCHEMA.fieldIndex("width");
  private static final int CHANNELS = SCHEMA.fieldIndex("nChannels");
  private static final int MODE = SCHEMA.fieldIndex("mode");
  private static final int DATA = SCHEMA.fieldIndex("data");

  private static final int ALPHA = 3;

  /** As the decoder of files scales: dividing would change last bits. */
  private static final float SCALE = 1f / 255;

  private SparkImageColumn() {}

  public static boolean is(DataType type) {
    return type.asNullable().equals(SCHEMA.asNullable());
  }

  /**
   * Maps in [0, 1]: one of a grey image, else red, green and blue. Transparent pixels show a white
   * ground, as those of files do.
   *
   * @throws UserErrorException if Spark could not read the file, the image has more than {@code
   *     maxPixels}, or its pixels are none of 8 bits in 1, 3 or 4 channels
   */
  public static FeatureMaps toMaps(Row image, long maxPixels) {
    if (image.isNullAt(DATA) || image.getInt(HEIGHT) <= 0 || image.getInt(WIDTH) <= 0) {
      throw new UserErrorException("expected an image, got a file that Spark could not decode");
    }
    int channels = image.getInt(CHANNELS);
    byte[] pixels = image.getAs(DATA);
    Shape shape = new Shape(channels == 1 ? 1 : ALPHA, image.getInt(HEIGHT), image.getInt(WIDTH));
    ImageColumn.requireFew(shape, maxPixels);
    requireBytes(shape, channels, image.getInt(MODE), pixels.length);
    FeatureMaps maps = FeatureMaps.zeros(shape);
    for (int map = 0; map < shape.maps(); map++) {
      int from = map * shape.plane();
      for (int at = 0; at < shape.plane(); at++) {
        maps.data()[from + at] = onWhite(pixels, at * channels, channels, shape.maps() - 1 - map);
      }
    }
    return maps;
  }

  private static float onWhite(byte[] pixels, int pixel, int channels, int colour) {
    float value = Byte.toUnsignedInt(pixels[pixel + colour]) * SCALE;
    if (channels <= ALPHA) {
      return value;
    }
    float alpha = Byte.toUnsignedInt(pixels[pixel + ALPHA]) * SCALE;
    return value * alpha + (1 - alpha);
  }

  /** OpenCV's mode of 8 unsigned bits is 8 times the channels after the first. */
  private static void requireBytes(Shape shape, int channels, int mode, int bytes) {
    boolean known = channels == 1 || channels == ALPHA || channels == ALPHA + 1;
    if (!known || mode != (channels - 1) << 3 || bytes != (long) shape.plane() * channels) {
      throw new UserErrorException(
          "expected an image of 8 bits in 1, 3 or 4 channels, got %d x %d pixels in %d channels of OpenCV's mode %d in %d bytes"
              .formatted(shape.height(), shape.width(), channels, mode, bytes));
    }
  }
}
