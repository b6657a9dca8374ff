package org.deconvnet.spark.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.ml.DecodingStage;
import org.deconvnet.spark.ml.ImageCrop;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.words.Count;

/**
 * A corpus decoded and preprocessed once, kept on the executors (memory, then disk), with the files
 * that were no images.
 *
 * @param images columns path, label, image
 * @param upright images were turned as their files' orientation says
 * @param classes sorted names of the class folders with a usable image
 * @param emptyClasses of those without one; not known of a sample
 * @param persisted what {@link #close} gives back to the executors
 */
public record PreparedCorpus(
    Dataset<Row> images,
    long count,
    boolean upright,
    List<String> classes,
    List<String> emptyClasses,
    List<SkippedFile> skipped,
    List<Dataset<Row>> persisted)
    implements Metrics.Preparation, AutoCloseable {
  private static final int PICTURED = 24;

  /** Columns of an image's own size in pixels, where {@link #sized} adds them. */
  public static final String HEIGHT = "height";

  public static final String WIDTH = "width";

  /**
   * Decodes and preprocesses a corpus, as a stage of a run.
   *
   * @param partitions about equally heavy ones; 0: as many as the work asks for
   * @throws CorpusException if no image is usable, or one is not and options say to fail
   */
  public static PreparedCorpus of(
      ImageCorpus corpus,
      DecodingStage preprocessor,
      ExperimentOptions.OnBadImage onBadImage,
      int partitions,
      Progress progress) {
    PreparedCorpus prepared =
        progress.stage(
            "preprocess",
            "preprocessing %s of %s".formatted(Count.of(corpus.files(), "file"), corpus.root()),
            () -> of(corpus, preprocessor, onBadImage, partitions));
    progress.skipped(prepared.skipped.size());
    if (!prepared.emptyClasses.isEmpty()) {
      progress.say("warning: " + prepared.sayEmptyClasses());
    }
    return prepared;
  }

  /** Which folders are no classes after all, and why. */
  public String sayEmptyClasses() {
    return "class folders without a usable image, which are not counted as classes: "
        + String.join(", ", emptyClasses);
  }

  /**
   * The classes, sorted by name.
   *
   * @param root the corpus', for messages
   * @throws CorpusException if fewer than two have a usable image: there is nothing to tell apart
   */
  public List<String> requireClasses(String root) {
    if (classes.size() < 2) {
      throw new CorpusException(
          "corpus %s: expected at least two class folders with usable images, got %d %s; %s"
              .formatted(
                  root,
                  classes.size(),
                  classes,
                  emptyClasses.isEmpty()
                      ? "put the images of each class into a folder of its own"
                      : sayEmptyClasses()));
    }
    return classes;
  }

  /** As {@link #of}, with columns of the images' own sizes, which cutting them loses. */
  public static PreparedCorpus sized(
      ImageCorpus corpus,
      ImageCrop crop,
      ExperimentOptions.OnBadImage onBadImage,
      int partitions,
      Progress progress) {
    PreparedCorpus prepared =
        progress.stage(
            "preprocess",
            "preprocessing %s of %s".formatted(Count.of(corpus.files(), "file"), corpus.root()),
            () -> of(corpus, ImageSizes.of(corpus.read(partitions), crop), crop, onBadImage));
    progress.skipped(prepared.skipped.size());
    return prepared;
  }

  /** As above, without a word. */
  public static PreparedCorpus of(
      ImageCorpus corpus,
      DecodingStage preprocessor,
      ExperimentOptions.OnBadImage onBadImage,
      int partitions) {
    return of(corpus, corpus.read(partitions), preprocessor, onBadImage);
  }

  private static PreparedCorpus of(
      ImageCorpus corpus,
      Dataset<Row> files,
      DecodingStage preprocessor,
      ExperimentOptions.OnBadImage onBadImage) {
    DecodedFiles all = DecodedFiles.of(files, preprocessor);
    List<SkippedFile> skipped = new ArrayList<>(corpus.refusedFiles());
    skipped.addAll(all.skipped());
    List<String> empty =
        corpus.classFolders().stream()
            .filter(name -> !all.perClass().containsKey(name))
            .sorted()
            .toList();
    return checked(corpus, preprocessor, onBadImage, List.of(all), empty, skipped);
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
  public static PreparedCorpus sample(
      ImageCorpus corpus,
      DecodingStage preprocessor,
      ExperimentOptions.OnBadImage onBadImage,
      int partitions,
      int images,
      long seed) {
    List<DecodedFiles> parts = new ArrayList<>();
    List<SkippedFile> skipped = new ArrayList<>(corpus.refusedFiles());
    int drawn = 0;
    for (long missing = images; missing > 0; missing -= parts.get(parts.size() - 1).count()) {
      List<String> ids = corpus.draw((int) (drawn + missing), seed);
      if (ids.size() == drawn) {
        break;
      }
      parts.add(
          DecodedFiles.of(corpus.read(ids.subList(drawn, ids.size()), partitions), preprocessor));
      skipped.addAll(parts.get(parts.size() - 1).skipped());
      drawn = ids.size();
    }
    return checked(corpus, preprocessor, onBadImage, parts, List.of(), skipped);
  }

  private static PreparedCorpus checked(
      ImageCorpus corpus,
      DecodingStage preprocessor,
      ExperimentOptions.OnBadImage onBadImage,
      List<DecodedFiles> parts,
      List<String> emptyClasses,
      List<SkippedFile> skipped) {
    List<Dataset<Row>> persisted = parts.stream().map(DecodedFiles::persisted).toList();
    long count = parts.stream().mapToLong(DecodedFiles::count).sum();
    try {
      check(corpus, onBadImage, skipped, count);
    } catch (CorpusException e) {
      persisted.forEach(Dataset::unpersist);
      throw e;
    }
    Dataset<Row> images =
        parts.stream().map(DecodedFiles::images).reduce(Dataset::union).orElseThrow();
    return new PreparedCorpus(
        images,
        count,
        preprocessor.getUpright(),
        parts.stream().flatMap(DecodedFiles::classes).distinct().sorted().toList(),
        emptyClasses,
        List.copyOf(skipped),
        persisted);
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

  /** The same corpus, its images changed one by one. */
  PreparedCorpus with(Dataset<Row> others, List<Dataset<Row>> nowPersisted) {
    return new PreparedCorpus(others, count, upright, classes, emptyClasses, skipped, nowPersisted);
  }

  /** A few of these images, drawn by the seed, that a report's pictures are made from. */
  public List<FeatureMaps> pictured(List<String> ids, long seed) {
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
