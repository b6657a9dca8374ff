package org.deconvnet.network.cnn;

import java.util.function.UnaryOperator;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The adjoint of a linear operator: convolution, full connection, average pooling.
 *
 * @param map from the operator's input to its output
 * @param fields what entries of the output depend on
 */
record Transposed(LinearMap map, UnaryOperator<ReceptiveField> fields) implements Downward {
  @Override
  public void carry(int input, FeatureMaps above, ForwardRecord forward, FeatureMaps below) {
    map.adjoint(above, below);
  }

  @Override
  public ReceptiveField field(int input, ReceptiveField above) {
    return fields.apply(above);
  }
}
