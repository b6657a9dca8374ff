package org.deconvnet.spark.checkpoint;

import java.io.IOException;
import java.util.List;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.LayerStateFormat;
import org.deconvnet.network.Network;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.store.StateArchive;
import org.deconvnet.store.StoredRecord;

/**
 * A {@link TrainingCheckpoint} in an archive: the finished layers as the family stores its
 * networks, the layer above as {@link LayerStateFormat} does, {@code story.json}, and {@code
 * images.json} where images are stored beside the archive. Stateless.
 */
final class CheckpointFormat {
  private static final String FINISHED = "finished/";
  private static final String CURRENT = "current/";
  private static final String STORY = "story.json";
  private static final String IMAGES = "images.json";

  private CheckpointFormat() {}

  /**
   * What {@code story.json} says.
   *
   * @param started whether the layer above is under way
   * @param stored whether images are stored
   */
  private record Story(
      List<List<LayerProgress>> epochs,
      List<LayerProgress> last,
      boolean started,
      boolean stored) {}

  /**
   * What {@code images.json} says.
   *
   * @param codes name of the folder of the images, beside the archive
   */
  private record Images(String codes, int perBatch, List<Long> checksums) {
    static Images of(StoredImages stored) {
      String name = stored.folder().substring(stored.folder().lastIndexOf('/') + 1);
      return new Images(name, stored.perBatch(), stored.checksums());
    }

    StoredImages in(CheckpointFolder folder) {
      return new StoredImages(folder.in(codes).toString(), perBatch, checksums);
    }
  }

  /** {@code story.json} in format 1, where codes start from zero. */
  private record FirstStory(
      List<List<LayerProgress>> epochs, List<LayerProgress> last, boolean started) {}

  /** {@code story.json} in format 1, where codes are kept. */
  private record FirstStoryWithImages(
      List<List<LayerProgress>> epochs,
      List<LayerProgress> last,
      boolean started,
      String codes,
      int perBatch,
      List<Long> checksums) {}

  static <N extends Network> void write(
      TrainingCheckpoint<N> checkpoint, NetworkLearning<N, ?, ?> family, StateArchive archive)
      throws IOException {
    boolean started = checkpoint.current() != null;
    boolean stored = checkpoint.images() != null;
    family.write(checkpoint.finished(), archive.under(FINISHED));
    StoredRecord.write(
        new Story(checkpoint.epochs(), checkpoint.last(), started, stored), STORY, archive);
    if (started) {
      LayerStateFormat.write(checkpoint.current(), archive.under(CURRENT));
    }
    if (stored) {
      StoredRecord.write(Images.of(checkpoint.images()), IMAGES, archive);
    }
  }

  static <N extends Network> TrainingCheckpoint<N> read(
      CheckpointFolder.Found found, CheckpointFolder folder, NetworkLearning<N, ?, ?> family) {
    try {
      return found.format() == 1 && family.keepsCodes()
          ? firstWithImages(found, folder, family)
          : read(found, folder, family, story(found));
    } catch (IOException e) {
      throw CheckpointFolder.damaged(found.archive().location(), e);
    }
  }

  private static Story story(CheckpointFolder.Found found) throws IOException {
    if (found.format() > 1) {
      return StoredRecord.read(Story.class, STORY, found.archive());
    }
    FirstStory first = StoredRecord.read(FirstStory.class, STORY, found.archive());
    return new Story(first.epochs(), first.last(), first.started(), false);
  }

  private static <N extends Network> TrainingCheckpoint<N> read(
      CheckpointFolder.Found found,
      CheckpointFolder folder,
      NetworkLearning<N, ?, ?> family,
      Story story)
      throws IOException {
    N finished = family.read(found.archive().under(FINISHED));
    LayerState current = story.started() ? current(found, finished, family) : null;
    StoredImages images =
        story.stored() ? StoredRecord.read(Images.class, IMAGES, found.archive()).in(folder) : null;
    return new TrainingCheckpoint<>(finished, story.epochs(), story.last(), current, images);
  }

  private static <N extends Network> TrainingCheckpoint<N> firstWithImages(
      CheckpointFolder.Found found, CheckpointFolder folder, NetworkLearning<N, ?, ?> family)
      throws IOException {
    N finished = family.read(found.archive().under(FINISHED));
    var story = StoredRecord.read(FirstStoryWithImages.class, STORY, found.archive());
    LayerState current = story.started() ? current(found, finished, family) : null;
    Images images = new Images(story.codes(), story.perBatch(), story.checksums());
    return new TrainingCheckpoint<>(
        finished, story.epochs(), story.last(), current, images.in(folder));
  }

  private static <N extends Network> LayerState current(
      CheckpointFolder.Found found, N finished, NetworkLearning<N, ?, ?> family)
      throws IOException {
    LayerLearning<?, ?> layer = family.layer(finished);
    LayerState start = layer.start();
    return LayerStateFormat.read(
        found.archive().under(CURRENT), found.format(), start, layer.noStatistics(start.filters()));
  }
}
