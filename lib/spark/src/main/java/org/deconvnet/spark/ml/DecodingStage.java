package org.deconvnet.spark.ml;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A stage that turns image files into maps: {@link ImagePreprocessor} for networks that are learned
 * here, {@link ImageCrop} for others. Adds the maps, and a column {@code error} that says why a
 * file is no usable image, or null.
 */
public interface DecodingStage {
  /** Whether images are turned as their files say. */
  boolean getUpright();

  Dataset<Row> transform(Dataset<?> dataset);
}
