package org.deconvnet.network.cnn;

import java.util.Collection;

/** A network of some file, read. Thread-safe. */
public interface CnnModel {
  CnnGraph graph();

  /**
   * Makes it ready to run. Costs about as much as reading it.
   *
   * @param tensors whose values are to be kept
   * @param pooled outputs of max pooling whose switches are to be kept; one image at a time then
   */
  ForwardPass forward(Collection<String> tensors, Collection<String> pooled);
}
