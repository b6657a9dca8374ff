package org.deconvnet.label;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.tensor.FeatureMaps;

/**
 * An image to learn labels from. Immutable as long as nobody writes into its arrays.
 *
 * @param inputs of the network, in its plan's order, not scaled yet
 * @param labels of the image's pixels
 */
public record LabelledMaps(String id, List<FeatureMaps> inputs, LabelMap labels)
    implements Serializable {
  public LabelledMaps {
    inputs = List.copyOf(inputs);
  }
}
