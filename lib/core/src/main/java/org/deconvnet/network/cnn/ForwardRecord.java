package org.deconvnet.network.cnn;

import java.util.Map;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What a forward pass left of one image: the tensors that were asked for. Immutable as long as
 * nobody writes to its arrays.
 *
 * @param values by the tensor's name; a vector of n numbers is (n, 1, 1)
 * @param switches by the name of the pooled tensor: where each number of it came from
 */
public record ForwardRecord(Map<String, FeatureMaps> values, Map<String, Switches> switches) {
  FeatureMaps value(String tensor) {
    return required(values.get(tensor), tensor);
  }

  Switches switchesOf(String pooled) {
    return required(switches.get(pooled), pooled);
  }

  private static <T> T required(T found, String tensor) {
    if (found == null) {
      throw new IllegalStateException("the forward pass did not record " + tensor);
    }
    return found;
  }
}
