package org.deconvnet.network.deconvolutional;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Coding;
import org.deconvnet.solve.BetaSchedule;

/**
 * A layer of the 2010 network with its present filters.
 *
 * @param number the layer's number, for messages
 * @param schedule of the half-quadratic splitting
 */
public record DeconvolutionalCoding(int number, DeconvolutionalLayer layer, BetaSchedule schedule)
    implements Coding<DeconvolutionalImage> {
  @Override
  public DeconvolutionalCoder coder(ConvolutionEngine engine) {
    return new DeconvolutionalCoder(engine, this);
  }
}
