package org.deconvnet.network.cnn;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.operator.cnn.PoolWindows;
import org.deconvnet.tensor.FeatureMaps;

/** Puts a signal where the largest number of its window was; adds where windows chose one place. */
record MaxUnpooling(String pooled, PoolWindows windows) implements Downward {
  @Override
  public void carry(int input, FeatureMaps above, ForwardRecord forward, FeatureMaps below) {
    forward.switchesOf(pooled).unpoolSum(above, below);
  }

  @Override
  public ReceptiveField field(int input, ReceptiveField above) {
    return Fields.under(windows.rows(), windows.columns(), above);
  }
}
