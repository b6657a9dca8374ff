package org.deconvnet.spark.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deconvnet.network.gradient.NetworkTraining;
import org.deconvnet.store.StateArchive;
import org.deconvnet.store.StoredRecord;

/**
 * The checkpoints of networks that learn by gradients, one or several in turns: all that each
 * carries from step to step, below its name, and {@code story.json}, which says where the run
 * stands and what it has told so far. Not thread-safe: the driver's.
 *
 * @param <R> the story: a record that Jackson writes and reads
 */
public final class GradientCheckpoint<R extends Record> {
  private static final String STORY = "story.json";

  private final CheckpointFolder folder;
  private final Map<String, NetworkTraining> trainings;
  private final Class<R> story;

  /**
   * @param trainings by name, a word without a slash
   */
  public GradientCheckpoint(
      CheckpointFolder folder, Map<String, NetworkTraining> trainings, Class<R> story) {
    this.folder = folder;
    this.trainings = new LinkedHashMap<>(trainings);
    this.story = story;
  }

  /** Whether it is time for another checkpoint within an epoch. */
  public boolean due() {
    return folder.due();
  }

  /** Makes the trainings as they are now, and the story, the checkpoint. */
  public void write(R now) {
    try {
      StateArchive archive = folder.begin();
      for (Map.Entry<String, NetworkTraining> training : trainings.entrySet()) {
        training.getValue().write(archive.under(training.getKey() + "/"));
      }
      StoredRecord.write(now, STORY, archive);
      folder.commit(archive);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a checkpoint: " + e.getMessage(), e);
    }
  }

  /**
   * Takes the trainings to where an earlier run left them.
   *
   * @return its story; empty, and nothing happens, where there is no checkpoint
   * @throws CheckpointException if there is one that is damaged or of another run
   */
  public Optional<R> read() {
    return folder.latest().map(this::read);
  }

  private R read(CheckpointFolder.Found found) {
    try {
      for (Map.Entry<String, NetworkTraining> training : trainings.entrySet()) {
        training.getValue().read(found.archive().under(training.getKey() + "/"));
      }
      return StoredRecord.read(story, STORY, found.archive());
    } catch (IOException e) {
      throw CheckpointFolder.damaged(found.archive().location(), e);
    }
  }
}
