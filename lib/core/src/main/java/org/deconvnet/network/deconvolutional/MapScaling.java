package org.deconvnet.network.deconvolutional;

import java.io.Serializable;
import org.deconvnet.learn.CodeRange;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * How all maps of a layer are rescaled as one before the next layer reconstructs them: v ↦ (v −
 * mean) · 2/range. The code of the deconvolutional network (Zeiler et al., CVPR 2010) subtracts the
 * minimum, divides by what is then the maximum, doubles, and subtracts what is then the mean; the
 * minimum cancels. Immutable.
 *
 * @param mean of all codes of all training images
 * @param range largest less smallest of the same codes, positive
 */
public record MapScaling(double mean, double range) implements Serializable {
  /** Leaves every number as it is. */
  public static final MapScaling NONE = new MapScaling(0, 2);

  /**
   * @throws IllegalArgumentException if a number is not finite or the range not positive
   */
  public MapScaling {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("map scaling: expected a finite mean, got " + mean);
    }
    if (range == 0) {
      throw new UserErrorException(
          "map scaling: all codes of the layer are equal: expected a positive range, got 0.0; use"
              + " images with contrast or a larger lambda");
    }
    Checks.positive("map scaling: range", range);
  }

  /** For codes of this range. */
  public static MapScaling of(CodeRange codes) {
    return new MapScaling(codes.mean(), codes.range());
  }

  /** Codes of the layer as the next layer's input, of the same shape, newly allocated. */
  public FeatureMaps apply(FeatureMaps codes) {
    FeatureMaps scaled = FeatureMaps.zeros(codes.shape());
    double gain = 2 / range;
    for (int i = 0; i < codes.data().length; i++) {
      scaled.data()[i] = (float) ((codes.data()[i] - mean) * gain);
    }
    return scaled;
  }

  /** Takes {@link #apply} back, up to rounding: same shape, newly allocated. */
  public FeatureMaps invert(FeatureMaps scaled) {
    FeatureMaps codes = FeatureMaps.zeros(scaled.shape());
    double gain = range / 2;
    for (int i = 0; i < scaled.data().length; i++) {
      codes.data()[i] = (float) (scaled.data()[i] * gain + mean);
    }
    return codes;
  }

  /** The linear part, v ↦ v · 2/range. */
  public MapScaling withoutMean() {
    return new MapScaling(0, range);
  }
}
