package org.deconvnet.learn;

import java.util.List;
import org.deconvnet.layer.Layer;

/** A learned layer and its objective, epoch by epoch, each measured while the filters moved. */
public record TrainedLayer(Layer layer, List<LayerProgress> epochs) {
  public TrainedLayer {
    epochs = List.copyOf(epochs);
  }
}
