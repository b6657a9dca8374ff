package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.CellDescriptors;
import org.deconvnet.describe.DescriptorGrid;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.describe.DescriptorParts;
import org.deconvnet.describe.PatchDescriptors;
import org.deconvnet.spark.columns.DescriptorsColumn;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Where an encoder finds the descriptors of a row: made of single activations in a column of their
 * own, one activation after the other, or on a dense grid of a layer's maps, all at once.
 * Thread-safe.
 *
 * @param described whether the input column holds descriptors
 * @param cells whether maps hold a number a cell
 * @param options of the dense grid
 * @param image index of the image's column, for its size
 * @param input index of the column of descriptors or maps
 */
record DescriptorSource(
    boolean described, boolean cells, DescriptorOptions options, int image, int input)
    implements Serializable {

  static boolean isDescribed(StructType schema, PyramidParams<?> stage) {
    String column = stage.getInputCol();
    return Arrays.asList(schema.fieldNames()).contains(column)
        && schema
            .apply(column)
            .dataType()
            .asNullable()
            .equals(DescriptorsColumn.SCHEMA.asNullable());
  }

  static DescriptorSource of(StructType schema, PyramidParams<?> stage) {
    boolean described = isDescribed(schema, stage);
    return new DescriptorSource(
        described,
        stage.getCellMaps(),
        stage.toDescriptorOptions(),
        described ? -1 : schema.fieldIndex(stage.getImageCol()),
        schema.fieldIndex(stage.getInputCol()));
  }

  /** The columns that a row needs values in. */
  static String[] inputs(StructType schema, PyramidParams<?> stage) {
    String input = stage.getInputCol();
    return isDescribed(schema, stage)
        ? new String[] {input}
        : new String[] {stage.getImageCol(), input};
  }

  DescriptorParts of(Row row) {
    if (described) {
      return DescriptorsColumn.fromRow(row.getStruct(input));
    }
    Row size = row.getStruct(image);
    return DescriptorParts.of(
        described(FeatureMapsColumn.fromRow(row.getStruct(input)), size.getInt(1), size.getInt(2)));
  }

  private DescriptorGrid described(FeatureMaps maps, int height, int width) {
    return cells
        ? new CellDescriptors(options).describe(maps, height, width)
        : new PatchDescriptors(options).describe(maps, height, width);
  }
}
