package org.deconvnet.spark.evaluate;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.spark.ml.ImageCrop;
import org.deconvnet.tensor.Shape;

/** Images' own sizes, from their files' headers. */
final class ImageSizes {
  private ImageSizes() {}

  /**
   * Files with their images' sizes in two columns more, 0 where there is no image.
   *
   * @param crop which images are taken, and which way up
   */
  static Dataset<Row> of(Dataset<Row> files, ImageCrop crop) {
    StructType out =
        files
            .schema()
            .add(PreparedCorpus.HEIGHT, DataTypes.IntegerType, false)
            .add(PreparedCorpus.WIDTH, DataTypes.IntegerType, false);
    int content = files.schema().fieldIndex("content");
    DecodeLimits limits = limits(crop);
    boolean upright = crop.getUpright();
    return PartitionLoop.over(
        files, out, rows -> new Mapped<>(rows, row -> sized(row, content, limits, upright)));
  }

  private static Row sized(Row row, int content, DecodeLimits limits, boolean upright) {
    try {
      Shape size = ImageDecoder.size(row.<byte[]>getAs(content), limits, upright);
      return Columns.append(row, size.height(), size.width());
    } catch (ImageDecodeException e) {
      // Decoding says the same, and names the file.
      return Columns.append(row, 0, 0);
    }
  }

  private static DecodeLimits limits(ImageCrop crop) {
    return new DecodeLimits(crop.getMaxPixels(), DecodeLimits.DEFAULT.maxBytes());
  }

  /**
   * The size of the first image, by name.
   *
   * @throws CorpusException if that file is no image, or there is none
   */
  static Shape first(ImageCorpus corpus, ImageCrop crop) {
    String id =
        corpus
            .first()
            .orElseThrow(() -> ImageCorpus.withoutImages(corpus.root(), corpus.refusedFiles()));
    Row file = corpus.read(List.of(id), 1).first();
    try {
      return ImageDecoder.size(file.<byte[]>getAs("content"), limits(crop), crop.getUpright());
    } catch (ImageDecodeException e) {
      throw new CorpusException(
          "%s: %s; segment.rows and segment.columns say a size without it"
              .formatted(id, e.getMessage()),
          e);
    }
  }
}
