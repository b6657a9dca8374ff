package org.deconvnet.network.cnn;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;

/** An operator on the way down, for images of one size. It owns scratch memory: not thread-safe. */
interface Downward {
  /**
   * Carries a signal from the output to an input.
   *
   * @param input which of the node's inputs
   * @param below overwritten with what reaches that input
   */
  void carry(int input, FeatureMaps above, ForwardRecord forward, FeatureMaps below);

  /** The entries of an input that some of the output depend on; may leave the input's frame. */
  ReceptiveField field(int input, ReceptiveField above);
}
