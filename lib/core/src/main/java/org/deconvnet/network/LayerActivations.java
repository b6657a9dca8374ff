package org.deconvnet.network;

import java.util.List;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;

/**
 * The activations of an image's layers, and what each of them alone is in pixels. Speaks of one
 * image at a time. Not thread-safe: one a task, with an engine of its own.
 */
public interface LayerActivations {
  int depth();

  /**
   * Infers an image; the methods below are about it until the next call.
   *
   * @param image preprocessed, (C, H, W)
   * @throws IllegalArgumentException if it does not fit the network
   */
  void infer(FeatureMaps image);

  /**
   * The largest activation in size of each map, its sign kept; of equal ones that of lowest index.
   *
   * @param number the layer, from 1
   * @return one a map; of value 0 where the map has none
   */
  List<Activation> strongestOfMaps(int number);

  /** Share of the layer's sparse code that is not zero. */
  double density(int number);

  /** What an activation of the layer adds to the image, alone. */
  MapWindow inPixels(int number, Activation activation);

  /**
   * The image as a person sees it beside {@link #inPixels}, signed around mid-grey.
   *
   * @param image as it was inferred
   */
  default FeatureMaps shown(FeatureMaps image) {
    return image;
  }

  /** The pixels that an activation of the layer can reach. */
  ReceptiveField field(int number, Activation activation);
}
