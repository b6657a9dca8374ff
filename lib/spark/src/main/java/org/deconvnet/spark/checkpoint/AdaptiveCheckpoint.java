package org.deconvnet.spark.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deconvnet.layer.Network;
import org.deconvnet.layer.NetworkFormat;
import org.deconvnet.learn.LayerOptions;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.LayerStateFormat;
import org.deconvnet.learn.StateArchive;
import org.deconvnet.learn.TrainedLayer;
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
    Network finished,
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
    return new AdaptiveCheckpoint(Network.empty(), List.of(), List.of(), null);
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
      NetworkFormat.write(finished, Map.of(), archive.under(FINISHED));
      LayerStateFormat.writeJson(new Story(epochs, last, current != null), STORY, archive);
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
      CheckpointFolder folder, List<LayerOptions> layers, int channels) {
    return folder.latest().map(archive -> of(archive, layers, channels));
  }

  private static AdaptiveCheckpoint of(
      StateArchive archive, List<LayerOptions> layers, int channels) {
    try {
      Network finished = NetworkFormat.read(archive.under(FINISHED));
      Story story = LayerStateFormat.readJson(Story.class, STORY, archive);
      LayerState current = null;
      if (story.started()) {
        int depth = finished.depth();
        int below = depth == 0 ? channels : finished.layer(depth).pooledMaps();
        LayerOptions options = layers.get(depth);
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
