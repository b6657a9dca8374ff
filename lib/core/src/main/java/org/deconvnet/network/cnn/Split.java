package org.deconvnet.network.cnn;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Maps that were laid behind each other go back to where they came from.
 *
 * @param first number of the first map of each input
 */
record Split(int[] first) implements Downward {
  @Override
  public void carry(int input, FeatureMaps above, ForwardRecord forward, FeatureMaps below) {
    int start = first[input] * above.shape().plane();
    System.arraycopy(above.data(), start, below.data(), 0, below.data().length);
  }

  @Override
  public ReceptiveField field(int input, ReceptiveField above) {
    return above;
  }
}
