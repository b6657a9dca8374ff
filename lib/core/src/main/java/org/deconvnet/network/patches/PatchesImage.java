package org.deconvnet.network.patches;

import org.deconvnet.learn.TrainingImage;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Maps;
import org.deconvnet.tensor.SparseMaps;

/**
 * The state of one image while words are learned.
 *
 * @param image y, preprocessed, (C, H, W)
 * @param code h of the windows drawn last, (words, 1, windows); null before the first ones
 * @param trace what coding these came to; null before
 */
public record PatchesImage(String id, FeatureMaps image, SparseMaps code, CodeTrace trace)
    implements TrainingImage {
  /** An image that is yet to be coded. */
  public PatchesImage(String id, FeatureMaps image) {
    this(id, image, null, null);
  }

  /** Each epoch draws other windows, so their codes start from zero. */
  @Override
  public Maps keptCode() {
    return null;
  }
}
