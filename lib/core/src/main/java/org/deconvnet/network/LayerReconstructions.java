package org.deconvnet.network;

import java.util.List;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What each layer of a network makes of an image, seen in pixels. Not thread-safe: one a task, with
 * an engine of its own.
 */
@FunctionalInterface
public interface LayerReconstructions {
  /**
   * @param image preprocessed, (C, H, W)
   * @return one reconstruction a layer, from layer 1 up, of the same shape, newly allocated
   * @throws IllegalArgumentException if the image does not fit the network
   */
  List<FeatureMaps> of(FeatureMaps image);
}
