package org.deconvnet.network.csc;

import org.deconvnet.learn.TrainingImage;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.SparseMaps;

/**
 * The state of one image while a dictionary is learned.
 *
 * @param image y, preprocessed, (C, H, W)
 * @param keptCode z, kept from epoch to epoch; null before the first one
 * @param trace what the last inference made of it; null before the first one
 */
public record CscImage(String id, FeatureMaps image, SparseMaps keptCode, CodeTrace trace)
    implements TrainingImage {
  /** An image that is yet to be coded. */
  public CscImage(String id, FeatureMaps image) {
    this(id, image, null, null);
  }

  CscImage with(CodedImage coded) {
    return new CscImage(id, image, coded.code(), coded.trace());
  }

  CscImage withoutCode() {
    return new CscImage(id, image);
  }
}
