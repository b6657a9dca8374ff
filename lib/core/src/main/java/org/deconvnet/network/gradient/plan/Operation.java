package org.deconvnet.network.gradient.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import org.deconvnet.tensor.Shape;

/** What a layer does, with its settings. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Convolve.class, name = "convolve"),
  @JsonSubTypes.Type(value = ConvolveTransposed.class, name = "convolveTransposed"),
  @JsonSubTypes.Type(value = NormalizeGroup.class, name = "normalizeGroup"),
  @JsonSubTypes.Type(value = Rectify.class, name = "rectify"),
  @JsonSubTypes.Type(value = Squash.class, name = "squash"),
  @JsonSubTypes.Type(value = PoolMaximum.class, name = "poolMaximum"),
  @JsonSubTypes.Type(value = Add.class, name = "add"),
  @JsonSubTypes.Type(value = Fit.class, name = "fit"),
  @JsonSubTypes.Type(value = Trim.class, name = "trim")
})
public sealed interface Operation extends Serializable
    permits Convolve,
        ConvolveTransposed,
        NormalizeGroup,
        Rectify,
        Squash,
        PoolMaximum,
        Add,
        Fit,
        Trim {
  /** The fewest inputs that it takes. */
  default int leastInputs() {
    return 1;
  }

  /** The most inputs that it takes. */
  default int mostInputs() {
    return 1;
  }

  /**
   * The shape of what comes out for one image.
   *
   * @param inputs (C, H, W), as many as it takes
   * @throws org.deconvnet.tensor.UserErrorException if they do not suit
   */
  Shape output(List<Shape> inputs);

  /** What it learns for inputs of these shapes. */
  default List<Slot> parameters(List<Shape> inputs) {
    return List.of();
  }

  /** What it keeps for inference and does not learn by gradient. */
  default List<Slot> statistics(List<Shape> inputs) {
    return List.of();
  }
}
