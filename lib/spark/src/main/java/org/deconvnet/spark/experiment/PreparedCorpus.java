package org.deconvnet.spark.experiment;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.ml.FeatureMapsColumn;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.words.Count;

/**
 * A corpus decoded and preprocessed once, kept on the executors (memory, then disk), with the files
 * that were no images.
 *
 * @param images columns path, label, image
 * @param persisted what {@link #close} gives back to the executors
 */
public record PreparedCorpus(
    Dataset<Row> images, long count, List<SkippedFile> skipped, List<Dataset<Row>> persisted)
    implements AutoCloseable {
  private static final int PICTURED = 24;

  /**
   * Decodes and preprocesses a corpus, as a stage of a run.
   *
   * @param partitions about equally heavy ones; 0: as many as the work asks for
   * @throws CorpusException if no image is usable, or one is not and options say to fail
   */
  public static PreparedCorpus of(
      ImageCorpus corpus,
      ImagePreprocessor preprocessor,
      ExperimentOptions.OnBadImage onBadImage,
      int partitions,
      Progress progress) {
    return progress.stage(
        "preprocess",
        "preprocessing %s of %s".formatted(Count.of(corpus.files(), "file"), corpus.root()),
        () -> of(corpus, preprocessor, onBadImage, partitions));
  }

  /** As above, without a word. */
  public static PreparedCorpus of(
      ImageCorpus corpus,
      ImagePreprocessor preprocessor,
      ExperimentOptions.OnBadImage onBadImage,
      int partitions) {
    Part all = Part.of(corpus.read(partitions), preprocessor);
    List<SkippedFile> skipped = new ArrayList<>(corpus.refusedFiles());
    skipped.addAll(all.skipped);
    return checked(corpus, onBadImage, List.of(all), skipped);
  }

  /**
   * Decodes and preprocesses a sample alone: the first images in the order that the seed puts all
   * files into, as {@link FeatureLearning#sample} draws them. A drawn file that is no usable image
   * is reported, and the next one takes its place: the sample is the one that is drawn after all
   * files are decoded. Bad files that are not drawn are not noticed.
   *
   * @param images so many, fewer if there are fewer
   * @throws CorpusException as {@link #of} throws it
   */
  static PreparedCorpus sample(
      ImageCorpus corpus,
      ImagePreprocessor preprocessor,
      ExperimentOptions.OnBadImage onBadImage,
      int partitions,
      int images,
      long seed) {
    List<Part> parts = new ArrayList<>();
    List<SkippedFile> skipped = new ArrayList<>(corpus.refusedFiles());
    int drawn = 0;
    for (long missing = images; missing > 0; missing -= parts.get(parts.size() - 1).count) {
      List<String> ids = corpus.draw((int) (drawn + missing), seed);
      if (ids.size() == drawn) {
        break;
      }
      parts.add(Part.of(corpus.read(ids.subList(drawn, ids.size()), partitions), preprocessor));
      skipped.addAll(parts.get(parts.size() - 1).skipped);
      drawn = ids.size();
    }
    return checked(corpus, onBadImage, parts, skipped);
  }

  private static PreparedCorpus checked(
      ImageCorpus corpus,
      ExperimentOptions.OnBadImage onBadImage,
      List<Part> parts,
      List<SkippedFile> skipped) {
    List<Dataset<Row>> persisted = parts.stream().map(Part::persisted).toList();
    long count = parts.stream().mapToLong(Part::count).sum();
    try {
      check(corpus, onBadImage, skipped, count);
    } catch (CorpusException e) {
      persisted.forEach(Dataset::unpersist);
      throw e;
    }
    Dataset<Row> images = parts.stream().map(Part::images).reduce(Dataset::union).orElseThrow();
    return new PreparedCorpus(images, count, List.copyOf(skipped), persisted);
  }

  /** Files that were decoded together. */
  private record Part(
      Dataset<Row> images, long count, List<SkippedFile> skipped, Dataset<Row> persisted) {
    static Part of(Dataset<Row> files, ImagePreprocessor preprocessor) {
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
      return new Part(images, images.count(), skipped, all);
    }
  }

  private static void check(
      ImageCorpus corpus,
      ExperimentOptions.OnBadImage onBadImage,
      List<SkippedFile> skipped,
      long count) {
    if (!skipped.isEmpty() && onBadImage == ExperimentOptions.OnBadImage.FAIL) {
      throw new CorpusException(
          "corpus %s: expected usable images alone, since corpus.onBadImage is fail; got %s that %s not usable; the first: %s: %s"
              .formatted(
                  corpus.root(),
                  Count.of(skipped.size(), "file"),
                  skipped.size() == 1 ? "is" : "are",
                  skipped.get(0).path(),
                  skipped.get(0).reason()));
    }
    if (count == 0) {
      throw ImageCorpus.withoutImages(corpus.root(), skipped);
    }
  }

  /** A few of these images, drawn by the seed, that a report's pictures are made from. */
  List<FeatureMaps> pictured(List<String> ids, long seed) {
    List<String> chosen = FeatureLearning.sample(ids, PICTURED, seed + 2);
    return FeatureLearning.only(images, chosen)
        .orderBy("path")
        .select("image")
        .collectAsList()
        .stream()
        .map(row -> FeatureMapsColumn.fromRow(row.getStruct(0)))
        .toList();
  }

  @Override
  public void close() {
    persisted.forEach(Dataset::unpersist);
  }
}
