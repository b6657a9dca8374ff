package org.deconvnet.network.adaptive;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The state of one image while a layer is learned.
 *
 * @param id decides the order and the batch, never the partition
 * @param image y, preprocessed, (C, H, W)
 * @param lower switches of the layers below, from the image upwards
 */
public record AdaptiveImage(String id, FeatureMaps image, List<Switches> lower)
    implements Serializable {
  public AdaptiveImage {
    lower = List.copyOf(lower);
  }

  /** The state for the next layer, whose switches below now include this layer's. */
  public AdaptiveImage under(Switches switches) {
    List<Switches> more = new ArrayList<>(lower);
    more.add(switches);
    return new AdaptiveImage(id, image, more);
  }
}
