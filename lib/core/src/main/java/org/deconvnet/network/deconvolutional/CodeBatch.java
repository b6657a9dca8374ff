package org.deconvnet.network.deconvolutional;

/**
 * Images between two updates of the filters, wherever they live, with their codes. What crosses
 * this interface has the statistics' size, whatever the number of images.
 */
public interface CodeBatch {
  /** Improves every image's code with this layer, keeps it for the next call, and sums up. */
  CodeSums code(DeconvolutionalLayer layer);
}
