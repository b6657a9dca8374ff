package org.deconvnet.network.deconvolutional;

import org.deconvnet.learn.TrainingImage;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The state of one image while a layer of the 2010 network is learned.
 *
 * @param image what the layer reconstructs, (C, H, W): the image, or the rescaled codes below
 * @param keptCode z, (K, H+s−1, W+s−1), kept from epoch to epoch; null before the first one
 * @param trace what the last inference made of it; null before the first one
 */
public record DeconvolutionalImage(
    String id, FeatureMaps image, FeatureMaps keptCode, CodeTrace trace) implements TrainingImage {
  /** An image that is yet to be coded. */
  public DeconvolutionalImage(String id, FeatureMaps image) {
    this(id, image, null, null);
  }

  /** What the next layer reconstructs: the rescaled code. */
  public DeconvolutionalImage handedUp(MapScaling scaling) {
    return new DeconvolutionalImage(id, scaling.apply(keptCode));
  }
}
