package org.deconvnet.network;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;

/**
 * An activation in pixels beside the part of the image that it reaches, both of the same place and
 * size: that of its receptive field, moved into the image near the image's borders (after Zeiler
 * and Fergus, ECCV 2014, figure 2).
 *
 * @param projection what the activation alone adds to the image, (C, h, w)
 * @param patch the image there, (C, h, w)
 */
public record ActivationPicture(FeatureMaps projection, FeatureMaps patch) {
  /**
   * @param image that the activations are about
   * @param number the layer, from 1
   */
  public static ActivationPicture of(
      LayerActivations activations, FeatureMaps image, int number, Activation activation) {
    ReceptiveField shown = activations.field(number, activation).movedInto(image.shape());
    FeatureMaps pixels = activations.inPixels(number, activation).whole();
    return new ActivationPicture(
        shown.cut(pixels).values(), shown.cut(activations.shown(image)).values());
  }
}
