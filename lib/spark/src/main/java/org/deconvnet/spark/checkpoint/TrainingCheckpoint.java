package org.deconvnet.spark.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.network.Network;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.store.StateArchive;

/**
 * How far training has come. Where codes start from zero in every round, the filters are all there
 * is to know. Where they are kept from epoch to epoch, a checkpoint holds the images with their
 * codes as well; without them a resumed run would have to code every epoch again.
 *
 * @param <N> the family's network
 * @param epochs for each finished layer, one entry an epoch
 * @param last for each finished layer, all images with its final filters
 * @param current where the layer above stands; null before its first checkpoint
 * @param images what the layer above learns from, with codes if it is under way; null where images
 *     are not stored
 */
public record TrainingCheckpoint<N extends Network>(
    N finished,
    List<List<LayerProgress>> epochs,
    List<LayerProgress> last,
    LayerState current,
    StoredImages images) {
  public TrainingCheckpoint {
    epochs = List.copyOf(epochs);
    last = List.copyOf(last);
  }

  /** Before anything is learned. */
  public static <N extends Network> TrainingCheckpoint<N> start(NetworkLearning<N, ?, ?> family) {
    return new TrainingCheckpoint<>(family.none(), List.of(), List.of(), null, null);
  }

  public TrainingCheckpoint<N> at(LayerState state) {
    return new TrainingCheckpoint<>(finished, epochs, last, state, images);
  }

  /**
   * The layer above is finished.
   *
   * @param network with that layer
   */
  public TrainingCheckpoint<N> plus(
      N network, List<LayerProgress> layerEpochs, LayerProgress allImages) {
    List<List<LayerProgress>> moreEpochs = new ArrayList<>(epochs);
    moreEpochs.add(layerEpochs);
    List<LayerProgress> moreLast = new ArrayList<>(last);
    moreLast.add(allImages);
    return new TrainingCheckpoint<>(network, moreEpochs, moreLast, null, null);
  }

  /** Writes this without images. */
  public TrainingCheckpoint<N> write(CheckpointFolder folder, NetworkLearning<N, ?, ?> family) {
    return write(folder, family, null);
  }

  /**
   * Writes this with images that are stored beside it.
   *
   * @param stored null for none
   * @return the same with the images where they are stored
   */
  public TrainingCheckpoint<N> write(
      CheckpointFolder folder, NetworkLearning<N, ?, ?> family, StoredImages stored) {
    var all = new TrainingCheckpoint<>(finished, epochs, last, current, stored);
    try {
      StateArchive archive = folder.begin();
      CheckpointFormat.write(all, family, archive);
      folder.commit(archive);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a checkpoint: " + e.getMessage(), e);
    }
  }

  /**
   * @throws CheckpointException if there is one that is damaged or of another run
   */
  public static <N extends Network> Optional<TrainingCheckpoint<N>> read(
      CheckpointFolder folder, NetworkLearning<N, ?, ?> family) {
    return folder.latest().map(found -> CheckpointFormat.read(found, folder, family));
  }
}
