package org.deconvnet.spark.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.network.deconvolutional.CodedMaps;
import org.deconvnet.network.deconvolutional.DeconvolutionalFormat;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.DictionaryState;
import org.deconvnet.network.deconvolutional.DictionaryStateFormat;
import org.deconvnet.network.deconvolutional.DictionaryTrainer;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.store.StateArchive;
import org.deconvnet.store.StoredRecord;
import org.deconvnet.tensor.Connectivity;

/**
 * How far training of the 2010 network has come. Codes are kept from epoch to epoch and a layer
 * learns from the codes of the one below, so a checkpoint holds the images with their codes as
 * well; without them a resumed run would have to code every epoch again.
 *
 * @param epochs for each finished layer, one entry an epoch
 * @param last for each finished layer, all images with its final filters
 * @param current where the layer above stands; null before its first epoch is over
 * @param images what the layer above learns from, with codes if it is under way; null: the images
 *     themselves
 */
public record DictionaryCheckpoint(
    DeconvolutionalStack finished,
    List<List<LayerProgress>> epochs,
    List<LayerProgress> last,
    DictionaryState current,
    StoredImages images) {
  private static final String FINISHED = "finished/";
  private static final String CURRENT = "current/";
  private static final String STORY = "story.json";

  public DictionaryCheckpoint {
    epochs = List.copyOf(epochs);
    last = List.copyOf(last);
  }

  /**
   * What {@code story.json} says.
   *
   * @param codes name of the folder of the images, beside the archive
   */
  private record Story(
      List<List<LayerProgress>> epochs,
      List<LayerProgress> last,
      boolean started,
      String codes,
      int perBatch,
      List<Long> checksums) {}

  /** Before anything is learned. */
  public static DictionaryCheckpoint start(DeconvolutionalStack empty) {
    return new DictionaryCheckpoint(empty, List.of(), List.of(), null, null);
  }

  public DictionaryCheckpoint at(DictionaryState state) {
    return new DictionaryCheckpoint(finished, epochs, last, state, images);
  }

  /** The layer above is finished. */
  public DictionaryCheckpoint plus(
      DictionaryTrainer.Result layer, MapScaling scaling, LayerProgress allImages) {
    List<List<LayerProgress>> moreEpochs = new ArrayList<>(epochs);
    moreEpochs.add(layer.epochs());
    List<LayerProgress> moreLast = new ArrayList<>(last);
    moreLast.add(allImages);
    return new DictionaryCheckpoint(
        finished.plus(layer.layer(), scaling), moreEpochs, moreLast, null, null);
  }

  /**
   * Writes this with the images as they are now.
   *
   * @param perBatch partitions of each batch
   * @return the same with the images where they are stored
   */
  public DictionaryCheckpoint write(
      CheckpointFolder folder, JavaSparkContext context, JavaRDD<CodedMaps> now, int perBatch) {
    try {
      StoredImages stored = StoredImages.write(context, now, perBatch, folder.besideNext());
      StateArchive archive = folder.begin();
      DeconvolutionalFormat.write(finished, Map.of(), archive.under(FINISHED));
      if (current != null) {
        DictionaryStateFormat.write(current, archive.under(CURRENT));
      }
      String codes = stored.folder().substring(stored.folder().lastIndexOf('/') + 1);
      StoredRecord.write(
          new Story(epochs, last, current != null, codes, perBatch, stored.checksums()),
          STORY,
          archive);
      folder.commit(archive);
      return new DictionaryCheckpoint(finished, epochs, last, current, stored);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a checkpoint: " + e.getMessage(), e);
    }
  }

  /**
   * @param connectivities of all layers
   * @throws CheckpointException if there is one that is damaged or of another run
   */
  public static Optional<DictionaryCheckpoint> read(
      CheckpointFolder folder,
      List<DeconvolutionalOptions> layers,
      List<Connectivity> connectivities) {
    return folder.latest().map(archive -> of(folder, archive, layers, connectivities));
  }

  private static DictionaryCheckpoint of(
      CheckpointFolder folder,
      StateArchive archive,
      List<DeconvolutionalOptions> layers,
      List<Connectivity> connectivities) {
    try {
      DeconvolutionalStack finished = DeconvolutionalFormat.read(archive.under(FINISHED));
      Story story = StoredRecord.read(Story.class, STORY, archive);
      DictionaryState current = null;
      if (story.started()) {
        int depth = finished.depth();
        current =
            DictionaryStateFormat.read(
                archive.under(CURRENT), connectivities.get(depth), layers.get(depth).filterSide());
      }
      StoredImages images =
          new StoredImages(
              folder.in(story.codes()).toString(), story.perBatch(), story.checksums());
      return new DictionaryCheckpoint(finished, story.epochs(), story.last(), current, images);
    } catch (IOException e) {
      throw CheckpointFolder.damaged(archive.location(), e);
    }
  }
}
