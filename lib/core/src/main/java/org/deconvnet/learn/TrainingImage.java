package org.deconvnet.learn;

import java.io.Serializable;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Maps;

/**
 * The state of one image while a layer is learned, whatever the family. Implementations are
 * immutable, up to the arrays of their maps.
 */
public interface TrainingImage extends Serializable {
  /** Decides the order and the batch, never the partition. */
  String id();

  /** What is reconstructed, (C, H, W). */
  FeatureMaps image();

  /** What the last inference made of it; null before the first one. */
  CodeTrace trace();

  /**
   * The code that the next epoch starts from; null before the first one, and in families whose
   * codes start from zero.
   */
  Maps keptCode();

  /**
   * Makes an image's state of what is stored of it.
   *
   * @param <I> the family's state of an image
   */
  interface Maker<I extends TrainingImage> extends Serializable {
    /**
     * @param keptCode null for none
     */
    I of(String id, FeatureMaps image, Maps keptCode);
  }
}
