package org.deconvnet.spark.exec;

import java.time.Duration;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.spark.checkpoint.CheckpointFolder;
import org.deconvnet.spark.checkpoint.RunIdentity;

/**
 * Whether and where a training run leaves checkpoints. A run that finds one of its own there goes
 * on from it. Immutable.
 *
 * @param folder empty for no checkpoints
 * @param between time that should pass between two checkpoints within an epoch; the end of an epoch
 *     always leaves one
 */
public record Checkpointing(Optional<String> folder, Duration between) {
  /** So seldom that writing does not matter, so often that little is lost. */
  private static final Duration BETWEEN = Duration.ofSeconds(20);

  public static final Checkpointing NONE = new Checkpointing(Optional.empty(), BETWEEN);

  /** In a folder on any file system that Hadoop knows; it need not be there. */
  public static Checkpointing in(String folder) {
    return new Checkpointing(Optional.of(folder), BETWEEN);
  }

  Optional<CheckpointFolder> open(JavaSparkContext context, RunIdentity identity) {
    return folder.map(
        path -> new CheckpointFolder(context.hadoopConfiguration(), path, identity, between));
  }
}
