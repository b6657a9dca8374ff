package org.deconvnet.spark.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.ml.DecodingStage;
import org.deconvnet.spark.ml.ImagePreprocessor;

/**
 * Files that were decoded together.
 *
 * @param perClass usable images of each class that has one, and of {@link #NO_CLASS}
 */
record DecodedFiles(
    Dataset<Row> images,
    Map<String, Long> perClass,
    List<SkippedFile> skipped,
    Dataset<Row> persisted) {
  /** No folder has this name. */
  private static final String NO_CLASS = "";

  static DecodedFiles of(Dataset<Row> files, DecodingStage preprocessor) {
    Dataset<Row> all =
        preprocessor.transform(files).drop("content").persist(StorageLevel.MEMORY_AND_DISK());
    List<SkippedFile> skipped =
        all
            .where(col(ImagePreprocessor.ERROR).isNotNull())
            .select("path", ImagePreprocessor.ERROR)
            .orderBy("path")
            .collectAsList()
            .stream()
            .map(row -> new SkippedFile(row.getString(0), row.getString(1)))
            .toList();
    Dataset<Row> images =
        all.where(col(ImagePreprocessor.ERROR).isNull()).drop(ImagePreprocessor.ERROR);
    return new DecodedFiles(images, perClass(images), skipped, all);
  }

  long count() {
    return perClass.values().stream().mapToLong(Long::longValue).sum();
  }

  Stream<String> classes() {
    return perClass.keySet().stream().filter(name -> !name.equals(NO_CLASS));
  }

  /** How many of these files are usable images, by class; classes without one are left out. */
  static Map<String, Long> usable(Dataset<Row> files, DecodingStage preprocessor) {
    return perClass(preprocessor.transform(files).where(col(ImagePreprocessor.ERROR).isNull()));
  }

  private static Map<String, Long> perClass(Dataset<Row> images) {
    return images.groupBy(coalesce(col("label"), lit(NO_CLASS))).count().collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
  }
}
