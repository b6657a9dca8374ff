package org.deconvnet.spark.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.network.adaptive.AdaptiveFormat;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.adaptive.LayerState;
import org.deconvnet.network.adaptive.LayerStateFormat;
import org.deconvnet.network.adaptive.TrainedLayer;
import org.deconvnet.store.StateArchive;
import org.deconvnet.store.StoredRecord;
import org.deconvnet.tensor.Connectivity;

/**
 * How far training of the adaptive network has come. Codes start from zero in every round, so the
 * filters are all there is to know; the images' switches follow from the finished layers.
 *
 * @param epochs for each finished layer, one entry an epoch
 * @param last for each finished layer, all images with its final filters
 * @param current where the layer above stands; null before its first batch
 */
public record AdaptiveCheckpoint(
    AdaptiveNetwork finished,
    List<List<LayerProgress>> epochs,
    List<LayerProgress> last,
    LayerState current) {
  private static final String FINISHED = "finished/";
  private static final String CURRENT = "current/";
  private static final String STORY = "story.json";

  public AdaptiveCheckpoint {
    epochs = List.copyOf(epochs);
    last = List.copyOf(last);
  }

  /** What {@code story.json} says. */
  record Story(List<List<LayerProgress>> epochs, List<LayerProgress> last, boolean started) {}

  /** Before anything is learned. */
  public static AdaptiveCheckpoint start() {
    return new AdaptiveCheckpoint(AdaptiveNetwork.empty(), List.of(), List.of(), null);
  }

  public AdaptiveCheckpoint at(LayerState state) {
    return new AdaptiveCheckpoint(finished, epochs, last, state);
  }

  /** The layer above is finished. */
  public AdaptiveCheckpoint plus(TrainedLayer layer, LayerProgress allImages) {
    List<List<LayerProgress>> moreEpochs = new ArrayList<>(epochs);
    moreEpochs.add(layer.epochs());
    List<LayerProgress> moreLast = new ArrayList<>(last);
    moreLast.add(allImages);
    return new AdaptiveCheckpoint(finished.plus(layer.layer()), moreEpochs, moreLast, null);
  }

  public void write(CheckpointFolder folder) {
    try {
      StateArchive archive = folder.begin();
      AdaptiveFormat.write(finished, Map.of(), archive.under(FINISHED));
      StoredRecord.write(new Story(epochs, last, current != null), STORY, archive);
      if (current != null) {
        LayerStateFormat.write(current, archive.under(CURRENT));
      }
      folder.commit(archive);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a checkpoint: " + e.getMessage(), e);
    }
  }

  /**
   * @param channels of the images
   * @throws CheckpointException if there is one that is damaged or of another run
   */
  public static Optional<AdaptiveCheckpoint> read(
      CheckpointFolder folder, List<AdaptiveOptions> layers, int channels) {
    return folder.latest().map(archive -> of(archive, layers, channels));
  }

  private static AdaptiveCheckpoint of(
      StateArchive archive, List<AdaptiveOptions> layers, int channels) {
    try {
      AdaptiveNetwork finished = AdaptiveFormat.read(archive.under(FINISHED));
      Story story = StoredRecord.read(Story.class, STORY, archive);
      LayerState current = null;
      if (story.started()) {
        int depth = finished.depth();
        int below = depth == 0 ? channels : finished.layer(depth).pooledMaps();
        AdaptiveOptions options = layers.get(depth);
        current =
            LayerStateFormat.read(
                archive.under(CURRENT),
                Connectivity.full(options.maps(), below),
                options.filterSide());
      }
      return new AdaptiveCheckpoint(finished, story.epochs(), story.last(), current);
    } catch (IOException e) {
      throw CheckpointFolder.damaged(archive.location(), e);
    }
  }
}
