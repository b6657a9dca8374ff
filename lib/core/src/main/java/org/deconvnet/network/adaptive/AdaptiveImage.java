package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The state of one image while a layer is learned.
 *
 * @param image y, preprocessed, (C, H, W)
 * @param lower switches of the layers below, from the image upwards
 * @param code that the layer gave it; null before it is coded
 */
public record AdaptiveImage(String id, FeatureMaps image, List<Switches> lower, SparseCode code)
    implements TrainingImage {
  public AdaptiveImage {
    lower = List.copyOf(lower);
  }

  /** An image that is yet to be coded. */
  public AdaptiveImage(String id, FeatureMaps image, List<Switches> lower) {
    this(id, image, lower, null);
  }

  AdaptiveImage withCode(SparseCode newCode) {
    return new AdaptiveImage(id, image, lower, newCode);
  }

  @Override
  public CodeTrace trace() {
    return code == null ? null : code.trace();
  }

  /** Codes start from zero in every round. */
  @Override
  public FeatureMaps keptCode() {
    return null;
  }

  /** The coded image's state for the next layer: this layer's switches join those below it. */
  public AdaptiveImage handedUp() {
    List<Switches> more = new ArrayList<>(lower);
    more.add(code.switches());
    return new AdaptiveImage(id, image, more);
  }

  /** The code's pooled maps as an image of their own, with no layer below it. */
  public AdaptiveImage pooledAsImage() {
    return new AdaptiveImage(id, code.pooled(), List.of());
  }
}
