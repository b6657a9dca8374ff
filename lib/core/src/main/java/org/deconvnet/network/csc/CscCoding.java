package org.deconvnet.network.csc;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Coding;

/**
 * A dictionary with its present filters.
 *
 * @param layer with the tolerance of the round
 */
public record CscCoding(CscLayer layer) implements Coding<CscImage> {
  @Override
  public CscCoder coder(ConvolutionEngine engine) {
    return new CscCoder(engine, this);
  }
}
