package org.deconvnet.spark.ml;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.network.Layers;

/** A stage whose network's layers can be had as sparse columns. */
public interface LayerCodes {
  Layers network();

  /**
   * Sparse columns {@code layer1}, {@code layer2}, … ({@link
   * org.deconvnet.spark.columns.FeatureMapsColumn#SPARSE}), whatever {@link LayerValuesParam} says.
   */
  Dataset<Row> codes(Dataset<?> dataset);
}
