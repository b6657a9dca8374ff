package org.deconvnet.spark.run;

import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.corpus.CorpusPacker;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.Checks;
import org.deconvnet.words.Count;

/**
 * A folder of image files to a packed corpus, which every other run reads in its place: shards of
 * the files' own bytes with path, class and size, and {@code corpus.json}.
 */
public final class PackRun {
  private final SparkSession spark;

  public PackRun(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * @param shardMegabytes a shard is full when its images hold so many units of 1024 × 1024 bytes
   */
  public void run(
      String input, String out, int shardMegabytes, boolean overwrite, PrintStream terminal) {
    Checks.atLeast("--shard-mb", 1, shardMegabytes);
    SeparateFolders.require(spark, out, input);
    CorpusPacker packer = CorpusPacker.of(spark, input);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1)) {
      CorpusPacker.Packed packed =
          progress.stage(
              "pack",
              "packing " + input,
              () -> packer.pack(output.path(), (long) shardMegabytes << 20));
      output.write(
          "metrics.json",
          new Metrics()
              .put("images", packed.images())
              .put("bytes", packed.bytes())
              .put("shards", packed.shards())
              .put("upright", true)
              .skipped(packed.skipped())
              .time(progress)
              .toJson());
      output.complete();
      progress.say(Metrics.sayWhereNamed(packed.skipped(), output));
      progress.say(
          "packed corpus: %s, %s in %s"
              .formatted(
                  output.display(),
                  Count.of(packed.images(), "image"),
                  Count.of(packed.shards(), "shard")));
    }
  }
}
