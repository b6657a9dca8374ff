package org.deconvnet.network.deconvolutional;

import java.io.Serializable;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The state of one image while a layer of the 2010 network is learned.
 *
 * @param id decides the batch, never the partition
 * @param input what the layer reconstructs, (C, H, W): the image, or the rescaled codes below
 * @param code z, (K, H+s−1, W+s−1), kept from epoch to epoch; null before the first one
 * @param trace what the last inference made of it; null before the first one
 */
public record CodedMaps(String id, FeatureMaps input, FeatureMaps code, CodeTrace trace)
    implements Serializable {
  /** An image that is yet to be coded. */
  public CodedMaps(String id, FeatureMaps input) {
    this(id, input, null, null);
  }
}
