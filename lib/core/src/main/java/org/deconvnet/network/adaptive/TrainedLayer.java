package org.deconvnet.network.adaptive;

import java.util.List;
import org.deconvnet.learn.LayerProgress;

/** A learned layer and its objective, epoch by epoch, each measured while the filters moved. */
public record TrainedLayer(AdaptiveLayer layer, List<LayerProgress> epochs) {
  public TrainedLayer {
    epochs = List.copyOf(epochs);
  }
}
