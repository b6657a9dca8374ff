package org.deconvnet.network.adaptive;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Coding;

/**
 * A layer with its present filters, and the layers below it.
 *
 * @param number the layer's number, for messages
 * @param below layers whose switches the images carry
 */
public record AdaptiveCoding(int number, AdaptiveNetwork below, AdaptiveLayer layer)
    implements Coding<AdaptiveImage> {

  /** The layer on top of these. */
  public AdaptiveCoding(AdaptiveNetwork below, AdaptiveLayer layer) {
    this(below.depth() + 1, below, layer);
  }

  @Override
  public AdaptiveCoder coder(ConvolutionEngine engine) {
    return new AdaptiveCoder(engine, this);
  }
}
