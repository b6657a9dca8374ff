package org.deconvnet.network.adaptive;

import java.util.List;
import org.deconvnet.tensor.FilterBank;

/**
 * Images between two updates of the filters, wherever they live: in this JVM or on a cluster. What
 * crosses this interface has the filters' size, whatever the number of images.
 */
public interface TrainingBatch {
  /** A few of the images, the same ones on every call, to estimate the operator norm with. */
  List<AdaptiveImage> sample();

  /** Codes every image with this layer and keeps the codes until {@link #release}. */
  BatchSummary code(AdaptiveNetwork below, AdaptiveLayer layer);

  /** Σ S(z)ᵀ Lᵀ L S(z) d over the codes kept. */
  double[] curvature(AdaptiveNetwork below, AdaptiveLayer layer, FilterBank direction);

  /** Forgets the codes. */
  void release();
}
