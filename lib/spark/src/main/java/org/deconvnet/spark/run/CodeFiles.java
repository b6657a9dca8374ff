package org.deconvnet.spark.run;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.spark.ml.LayerCodes;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.store.NpzFolder;

/** Sparse codes as files, one an image and layer. */
final class CodeFiles {
  private CodeFiles() {}

  /** Writes the codes now. */
  static void write(
      LayerCodes network, Dataset<Row> images, List<Integer> layers, NpzFolder folder) {
    Dataset<Row> codes = network.codes(images);
    int path = codes.schema().fieldIndex("path");
    int[] columns =
        layers.stream()
            .mapToInt(layer -> codes.schema().fieldIndex(LayeredModel.layerColumn(layer)))
            .toArray();
    StructType written = new StructType().add("files", DataTypes.IntegerType, false);
    PartitionLoop.over(
            codes,
            written,
            rows ->
                new Mapped<>(
                    rows,
                    row -> {
                      for (int l = 0; l < columns.length; l++) {
                        String suffix = columns.length == 1 ? "" : ".layer" + layers.get(l);
                        folder.write(row.getString(path), suffix, row.getStruct(columns[l]));
                      }
                      return RowFactory.create(columns.length);
                    }))
        .foreach(row -> {});
  }
}
