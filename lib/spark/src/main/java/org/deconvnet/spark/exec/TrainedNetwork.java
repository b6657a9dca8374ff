package org.deconvnet.spark.exec;

import java.util.List;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.network.Network;

/**
 * A trained network with the story of its training, which a network from elsewhere lacks: its lists
 * are empty.
 *
 * @param <N> which kind of network
 * @param epochs for each layer, one entry an epoch, measured while the filters moved
 * @param last for each layer, all images with the finished filters
 * @param engine the convolution engine that every executor used
 * @param leftOut rows that were no usable images and were left out of the training
 */
public record TrainedNetwork<N extends Network>(
    N network,
    List<List<LayerProgress>> epochs,
    List<LayerProgress> last,
    String engine,
    long leftOut) {

  /** Without a row left out. */
  public TrainedNetwork(
      N network, List<List<LayerProgress>> epochs, List<LayerProgress> last, String engine) {
    this(network, epochs, last, engine, 0);
  }

  /** A network that was trained in another run. */
  public static <N extends Network> TrainedNetwork<N> fromElsewhere(N network, String engine) {
    return new TrainedNetwork<>(network, List.of(), List.of(), engine);
  }

  public TrainedNetwork<N> withLeftOut(long rows) {
    return new TrainedNetwork<>(network, epochs, last, engine, rows);
  }

  /** Whether it was trained in this run. */
  public boolean trainedHere() {
    return !last.isEmpty();
  }
}
