package org.deconvnet.learn;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.infer.SparseCode;

/** An image with the code that one layer gave it. */
public record CodedImage(TrainingImage source, SparseCode code) implements Serializable {
  /** The code's pooled maps as an image of their own, with no layer below it. */
  public TrainingImage pooledAsImage() {
    return new TrainingImage(source.id(), code.pooled(), List.of());
  }
}
