package org.deconvnet.network;

import java.util.List;
import org.deconvnet.tensor.FeatureMaps;

/** What a report shows of a network's layers. Not thread-safe. */
public interface FilterPictures {
  /**
   * One picture in pixels for each map of a layer.
   *
   * @param number the layer, from 1
   */
  List<FeatureMaps> of(int number);

  /** What these pictures are, for readers. */
  String caption(int number);
}
