package org.deconvnet.spark.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.spark.ml.LayeredModel;

/**
 * What the costly stages of earlier benchmarks gave, in a folder of their own: networks and
 * pyramids. An entry's name is a hash of all that decides it ({@link StageKey}), so a changed
 * classifier setting finds its pyramids again and a changed layer does not. An entry that a run
 * left unfinished is made again. One run at a time may write.
 */
public final class StageCache {
  private static final String NETWORK = "network";
  private static final String TRAINING = "training.json";
  private static final String PYRAMIDS = "pyramids";

  private final SparkSession spark;
  private final String folder;
  private final boolean fresh;
  private final Set<String> made = new HashSet<>();
  private final Progress progress;

  /**
   * @param folder local, HDFS or S3
   * @param fresh make every entry again
   */
  public StageCache(SparkSession spark, String folder, boolean fresh, Progress progress) {
    this.spark = spark;
    this.folder = folder;
    this.fresh = fresh;
    this.progress = progress;
  }

  /** A learned network with the story of its training. */
  public record Learned(LayeredModel<?, ?> model, TrainedNetwork<?> training) {}

  public Learned network(StageKey key, Supplier<LayeredModel<?, ?>> learn) {
    String path = path(NETWORK, key);
    if (!found(path)) {
      return store(path, learn.get());
    }
    progress.say(
        "network: as an earlier run left it in %s (--fresh learns it again)".formatted(path));
    OutputFolder entry = OutputFolder.open(spark, path, "cache");
    LayeredModel<?, ?> model =
        Pipelines.find(PipelineModel.load(entry.path(NETWORK)), LayeredModel.class);
    return new Learned(model, TrainingStory.read(entry.read(TRAINING), model));
  }

  private Learned store(String path, LayeredModel<?, ?> model) {
    OutputFolder entry = OutputFolder.create(spark, path, true);
    try {
      Pipelines.of("cached", List.of(model)).write().save(entry.path(NETWORK));
    } catch (IOException e) {
      throw new UncheckedIOException("cache %s: %s".formatted(path, e.getMessage()), e);
    }
    TrainedNetwork<?> training = model.training().orElseThrow();
    entry.write(TRAINING, TrainingStory.of(training).toJson());
    entry.complete();
    return new Learned(model, training);
  }

  /**
   * Pyramids of images, as a table on disk: they are read a column at a time.
   *
   * @param make learns the codebooks and says how to compute the columns, which are computed when
   *     the table is written
   */
  public Dataset<Row> pyramids(StageKey key, Supplier<Dataset<Row>> make) {
    String path = path(PYRAMIDS, key);
    if (made.contains(path)) {
      progress.say("pyramids: those of the split before");
    } else if (found(path)) {
      progress.say(
          "pyramids: as an earlier run left them in %s (--fresh makes them again)".formatted(path));
    } else {
      Dataset<Row> pyramids = make.get();
      OutputFolder entry = OutputFolder.create(spark, path, true);
      progress.stage(
          "features",
          "features of the images",
          () -> {
            pyramids.write().parquet(entry.path(PYRAMIDS));
            return null;
          });
      entry.complete();
      made.add(path);
    }
    return spark.read().parquet(OutputFolder.open(spark, path, "cache").path(PYRAMIDS));
  }

  private boolean found(String path) {
    return !fresh && OutputFolder.isComplete(spark, path);
  }

  private String path(String stage, StageKey key) {
    return folder + "/" + stage + "-" + key.hash();
  }
}
