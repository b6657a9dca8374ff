package org.deconvnet.learn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.pool.Switches;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The state of one image while a layer is learned.
 *
 * @param id decides the order and the batch, never the partition
 * @param image y, preprocessed, (C, H, W)
 * @param lower switches of the layers below, from the image upwards
 */
public record TrainingImage(String id, FeatureMaps image, List<Switches> lower)
    implements Serializable {
  public TrainingImage {
    lower = List.copyOf(lower);
  }

  /** The state for the next layer, whose switches below now include this layer's. */
  public TrainingImage under(Switches switches) {
    List<Switches> more = new ArrayList<>(lower);
    more.add(switches);
    return new TrainingImage(id, image, more);
  }
}
