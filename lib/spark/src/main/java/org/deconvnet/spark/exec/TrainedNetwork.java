package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.layer.LayeredNetwork;
import org.deconvnet.layer.Network;
import org.deconvnet.learn.BatchSummary;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainedLayer;

/**
 * A trained network with the story of its training, which a network from elsewhere lacks: its lists
 * are empty.
 *
 * @param <N> which kind of network
 * @param epochs for each layer, one entry an epoch, measured while the filters moved
 * @param last for each layer, all images with the finished filters
 * @param engine the convolution engine that every executor used
 */
public record TrainedNetwork<N extends LayeredNetwork>(
    N network, List<List<LayerProgress>> epochs, List<LayerProgress> last, String engine) {

  /** A network that was trained in another run. */
  public static <N extends LayeredNetwork> TrainedNetwork<N> fromElsewhere(
      N network, String engine) {
    return new TrainedNetwork<>(network, List.of(), List.of(), engine);
  }

  /** Whether it was trained in this run. */
  public boolean trainedHere() {
    return !last.isEmpty();
  }

  static TrainedNetwork<Network> of(
      Network network, List<TrainedLayer> layers, List<BatchSummary> sums, String engine) {
    List<LayerProgress> last = new ArrayList<>();
    for (int l = 0; l < sums.size(); l++) {
      last.add(sums.get(l).progress(l + 1, 0));
    }
    return new TrainedNetwork<>(
        network, layers.stream().map(TrainedLayer::epochs).toList(), last, engine);
  }
}
