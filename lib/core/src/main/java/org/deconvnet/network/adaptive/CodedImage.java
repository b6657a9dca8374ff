package org.deconvnet.network.adaptive;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.solve.SparseCode;

/** An image with the code that one layer gave it. */
public record CodedImage(AdaptiveImage source, SparseCode code) implements Serializable {
  /** The code's pooled maps as an image of their own, with no layer below it. */
  public AdaptiveImage pooledAsImage() {
    return new AdaptiveImage(source.id(), code.pooled(), List.of());
  }
}
