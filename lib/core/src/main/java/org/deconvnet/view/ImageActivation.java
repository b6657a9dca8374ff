package org.deconvnet.view;

import java.io.Serializable;
import java.util.Comparator;
import org.deconvnet.network.Activation;

/**
 * An activation, and the image that has it.
 *
 * @param image its id
 */
public record ImageActivation(String image, Activation activation) implements Serializable {
  /** The largest in size first; of equal sizes the first id. */
  static final Comparator<ImageActivation> STRONGEST_FIRST =
      Comparator.comparingDouble((ImageActivation a) -> -a.activation.strength())
          .thenComparing(ImageActivation::image);
}
