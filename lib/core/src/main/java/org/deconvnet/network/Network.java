package org.deconvnet.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * What every network that was learned here tells and shows of itself, whichever family it is of.
 * Implementations are immutable.
 */
public interface Network extends Layers {
  /** The family's short name, as configurations say it. */
  String family();

  /** Weight λ of a layer's objective: of its data term, unless the family says otherwise. */
  double lambda(int number);

  /** Which key of a configuration makes a layer's codes less sparse, and how. */
  default String lessSparse(int number) {
    return LayerLearning.raiseLambda(number, lambda(number));
  }

  /** How good the codes are that a layer was learned from, for readers; empty if nobody knows. */
  default Optional<String> certificate(int number) {
    return Optional.empty();
  }

  /** A layer's filters, (maps, channels, side, side). */
  FilterBank filters(int number);

  /** What else decides a layer, for readers, by its name in a stored model. */
  Map<String, Object> settings(int number);

  /**
   * Bytes that coding one image takes at least, a number a layer, from layer 1 up.
   *
   * @param image shape of a preprocessed image, (C, H, W)
   */
  List<Long> codingBytes(Shape image);

  /** What each layer makes of images, in pixels. */
  LayerReconstructions reconstructions(ConvolutionEngine engine);

  /**
   * A picture of each map.
   *
   * @param images some images that the network was learned for, preprocessed
   */
  FilterPictures filterPictures(ConvolutionEngine engine, List<FeatureMaps> images);

  /**
   * Takes the strongest activation of the top layer apart, through the switches.
   *
   * @param image preprocessed, (C, H, W)
   * @param branching parts of an activation to keep
   * @return empty if the top layer's code is zero, and for networks without switches
   */
  default Optional<TopDownDecomposition> takenApart(
      ConvolutionEngine engine, FeatureMaps image, int branching) {
    return Optional.empty();
  }
}
