package org.deconvnet.spark.exec;

import java.time.Duration;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.engine.EngineUnavailableException;
import org.deconvnet.spark.checkpoint.CheckpointException;
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

  /**
   * The engine that a run takes, resolved for this JVM: that of the checkpoint it goes on from,
   * where the user leaves the choice open, since another engine gives other bits.
   *
   * @param asked an engine's name, or "auto"
   * @throws CheckpointException if the checkpoint's engine is not the one asked for, or cannot run
   *     here
   */
  public String engine(JavaSparkContext context, String asked) {
    Optional<String> before =
        folder.flatMap(path -> CheckpointFolder.engine(context.hadoopConfiguration(), path));
    if (before.isEmpty()) {
      return ConvolutionEngines.resolve(asked);
    }
    return asked.equals(ConvolutionEngines.AUTO)
        ? runnable(before.get())
        : same(asked, before.get());
  }

  private String runnable(String before) {
    try {
      return ConvolutionEngines.resolve(before);
    } catch (EngineUnavailableException e) {
      throw new CheckpointException(
          folder.orElseThrow(),
          "it was made with the convolution engine %s, which cannot run in this JVM (%s)"
              .formatted(before, e.getMessage()),
          "to go on from it, run on a machine and a JVM like the first",
          e);
    }
  }

  private String same(String asked, String before) {
    String resolved = ConvolutionEngines.resolve(asked);
    if (!resolved.equals(before)) {
      throw new CheckpointException(
          folder.orElseThrow(),
          "it was made with the convolution engine %s, and 'engine: %s' is %s here; the two give different bits"
              .formatted(before, asked, resolved),
          "to go on from it, write 'engine: auto' in the configuration",
          null);
    }
    return resolved;
  }

  /** The folder for checkpoints of a run; empty where there are to be none. */
  public Optional<CheckpointFolder> open(JavaSparkContext context, RunIdentity identity) {
    return folder.map(
        path -> new CheckpointFolder(context.hadoopConfiguration(), path, identity, between));
  }
}
