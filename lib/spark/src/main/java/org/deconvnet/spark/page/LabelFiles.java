package org.deconvnet.spark.page;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.label.LabelMap;
import org.deconvnet.preprocess.MiddleCrop;
import org.deconvnet.spark.columns.LabelColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.view.LabelPicture;

/**
 * Labels as PNG files of their images' own sizes: {@code images/ID/labels.png}, a pixel's class in
 * grey and 255 outside of what was cut out, and {@code images/ID/colours.png}.
 *
 * @param crop what of the images was labelled
 */
public record LabelFiles(PictureFolder folder, MiddleCrop crop) {
  private static final StructType WRITTEN =
      new StructType().add("path", DataTypes.StringType, false);

  /**
   * @param labelled columns path, image, labels, height and width, in this order
   */
  public void write(Dataset<Row> labelled) {
    PictureFolder to = folder;
    MiddleCrop cut = crop;
    PartitionLoop.over(labelled, WRITTEN, rows -> new Mapped<>(rows, row -> one(row, to, cut)))
        .count();
  }

  private static Row one(Row row, PictureFolder folder, MiddleCrop crop) {
    String id = row.getString(0);
    LabelMap labels =
        crop.back(LabelColumn.fromRow(row.getStruct(2)), row.getInt(3), row.getInt(4));
    folder.write(id, "labels", LabelPicture.numbers(labels));
    folder.write(id, "colours", LabelPicture.colours(labels));
    return RowFactory.create(id);
  }
}
