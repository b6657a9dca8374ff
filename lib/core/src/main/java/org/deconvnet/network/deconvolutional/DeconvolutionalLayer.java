package org.deconvnet.network.deconvolutional;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * One layer of the deconvolutional network (Zeiler et al., CVPR 2010), which reconstructs the maps
 * of the layer below, the image for layer 1. Its objective for one image y is
 *
 * <pre>λ/2 Σ_c ‖ Σ_k g[k,c] (z_k ⊛ f[k,c]) − y_c ‖² + κ Σ|z_k|^α</pre>
 *
 * @param filters f, (maps, channels, side, side); their connectivity is g
 * @param lambda weight λ of the data term, positive
 * @param kappa weight κ of the sparsity term, positive
 * @param alpha exponent α, in (0, 1]
 */
public record DeconvolutionalLayer(FilterBank filters, double lambda, double kappa, double alpha)
    implements Serializable {
  public DeconvolutionalLayer {
    Checks.positive("lambda", lambda);
    Checks.positive("kappa", kappa);
    if (!(alpha > 0 && alpha <= 1)) {
      throw new UserErrorException("alpha: expected 0 < alpha <= 1, got " + alpha);
    }
    filters.connectivity().requireEveryChannelReconstructed();
  }

  /** Shape of the feature maps z that reconstruct an input of this shape. */
  public Shape mapShape(Shape input) {
    return filters.mapShape(input);
  }

  public DeconvolutionalLayer withFilters(FilterBank newFilters) {
    return new DeconvolutionalLayer(newFilters, lambda, kappa, alpha);
  }

  public DeconvolutionalLayer withLambda(double newLambda) {
    return new DeconvolutionalLayer(filters, newLambda, kappa, alpha);
  }
}
