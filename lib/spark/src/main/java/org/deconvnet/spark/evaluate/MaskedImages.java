package org.deconvnet.spark.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.restore.Denoiser;
import org.deconvnet.restore.GaussianFill;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.corpus.MaskFolder;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.spark.ml.ConvolutionalSparseCoding;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * A corpus with hidden pixels. What preprocessing subtracts, a local mean, depends on hidden pixels
 * too, so they are filled with a mean of seen ones before it; the masks go into a column of their
 * own.
 */
public final class MaskedImages {
  private MaskedImages() {}

  /**
   * Preprocessing that gives the pixels themselves, which {@link #of} fills and preprocesses.
   *
   * @throws UserErrorException unless preprocessed images have the size of their files
   */
  public static PreprocessOptions decoding(PreprocessOptions options) {
    List<String> obstacles = Denoiser.obstacles(options);
    if (!obstacles.isEmpty()) {
      throw new UserErrorException(
          "masks: expected preprocessing that keeps pixels (preprocess.longestSide: 0, padToSquare: false, localContrast: false or with border: reflect and deviationFloor: 1), got %s; take the section preprocess of conf/csc.yaml"
              .formatted(String.join(", ", obstacles)));
    }
    return Denoiser.pixels(options);
  }

  /**
   * All masks are read here, before anything is learned.
   *
   * @param pixels decoded as {@link #decoding} says
   * @return its images preprocessed, with the column {@link ConvolutionalSparseCoding#MASK} more
   * @throws UserErrorException naming an image's mask, if there is none, it cannot be read or has
   *     another size
   */
  public static PreparedCorpus of(
      PreparedCorpus pixels, MaskFolder masks, PreprocessOptions options) {
    StructType schema = pixels.images().schema();
    int path = schema.fieldIndex("path");
    int image = schema.fieldIndex("image");
    StructType masked = schema.add(ConvolutionalSparseCoding.MASK, FeatureMapsColumn.DENSE, true);
    Dataset<Row> images =
        PartitionLoop.over(
                pixels.images(),
                masked,
                rows -> new Mapped<>(rows, filling(path, image, masks, options)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    images.count();
    List<Dataset<Row>> persisted = new ArrayList<>(pixels.persisted());
    persisted.add(images);
    return pixels.with(images, persisted);
  }

  private static Function<Row, Row> filling(
      int path, int image, MaskFolder masks, PreprocessOptions options) {
    Preprocessor preprocessor = new Preprocessor(options);
    return row -> {
      String id = row.getString(path);
      try {
        FeatureMaps pixels = FeatureMapsColumn.fromRow(row.getStruct(image));
        FeatureMaps mask = masks.mask(id, pixels.shape());
        FeatureMaps prepared = preprocessor.apply(GaussianFill.of(pixels, mask));
        return withMask(row, image, prepared, mask);
      } catch (IllegalArgumentException e) {
        throw UserErrorException.of(id, e);
      }
    };
  }

  private static Row withMask(Row row, int image, FeatureMaps prepared, FeatureMaps mask) {
    Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = i == image ? FeatureMapsColumn.toRow(prepared) : row.get(i);
    }
    values[row.size()] = FeatureMapsColumn.toRow(mask);
    return RowFactory.create(values);
  }
}
