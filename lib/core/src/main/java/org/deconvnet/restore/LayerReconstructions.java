package org.deconvnet.restore;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Network;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.deconvolutional.DeconvolutionalInference;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What each layer of a network makes of an image, seen in pixels, whichever kind the network is.
 * Not thread-safe: one a task, with an engine of its own.
 */
public interface LayerReconstructions {
  /**
   * @param image preprocessed, (C, H, W)
   * @return one reconstruction a layer, from layer 1 up, of the same shape, newly allocated
   * @throws IllegalArgumentException if the image does not fit the network
   */
  List<FeatureMaps> of(FeatureMaps image);

  /**
   * @throws IllegalArgumentException if the network is of no known kind
   */
  static LayerReconstructions by(ConvolutionEngine engine, Network network) {
    if (network instanceof DeconvolutionalStack stack) {
      return byStack(engine, stack);
    }
    if (network instanceof AdaptiveNetwork adaptive) {
      AdaptiveInference inference = new AdaptiveInference(engine, adaptive);
      return image ->
          inference.infer(image).stream()
              .map(AdaptiveInference.LayerResult::reconstruction)
              .toList();
    }
    throw new IllegalArgumentException(
        "reconstruction: expected a network of 2010 or 2011, got " + network.getClass().getName());
  }

  /** The 2010 network: each layer's dense code, projected down through the layers below it. */
  private static LayerReconstructions byStack(
      ConvolutionEngine engine, DeconvolutionalStack stack) {
    DeconvolutionalInference inference = new DeconvolutionalInference(engine, stack);
    return image -> {
      List<FeatureMaps> codes = inference.codes(image);
      List<FeatureMaps> reconstructions = new ArrayList<>();
      for (int number = 1; number <= stack.depth(); number++) {
        reconstructions.add(inference.project(number, codes.get(number - 1)));
      }
      return reconstructions;
    };
  }
}
