package org.deconvnet.network.cnn;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.operator.cnn.Convolution;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.FeatureMaps;

/** A transposed convolution on the way down is a convolution. */
record TransposedTwice(Convolution convolution, Geometry geometry) implements Downward {
  @Override
  public void carry(int input, FeatureMaps above, ForwardRecord forward, FeatureMaps below) {
    convolution.apply(above, below);
  }

  @Override
  public ReceptiveField field(int input, ReceptiveField above) {
    return Fields.over(geometry.rows(), geometry.columns(), above);
  }
}
