package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * Which images a stage that decodes them takes, and which way up.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface DecodingParams<S>
    extends InputParam<S>, OutputParam<S>, InvalidRowParams<S>, DecodingStage {
  @Override
  default Param<String> inputCol() {
    return Declared.column(
        this,
        "inputCol",
        "column of files' bytes, of Spark's images, or of numbers with their size");
  }

  default BooleanParam upright() {
    return Declared.flag(this, "upright", "turn images as their EXIF or TIFF orientation says");
  }

  @Override
  default boolean getUpright() {
    return (Boolean) getOrDefault(upright());
  }

  /** False: images stay as they are stored, whatever their files say of the orientation. */
  default S setUpright(boolean value) {
    return Fluent.set(this, upright(), value);
  }

  default LongParam maxPixels() {
    return Declared.wholeLong(
        this,
        "maxPixels",
        "larger images are refused undecoded",
        new Takes<>("at least 1", value -> value >= 1));
  }

  default long getMaxPixels() {
    return (Long) getOrDefault(maxPixels());
  }

  default S setMaxPixels(long value) {
    return Fluent.set(this, maxPixels(), value);
  }
}
