package org.deconvnet.network.deconvolutional;

import java.io.Serializable;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.Synthesis;
import org.deconvnet.penalty.Power;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.solve.CodeProblem;
import org.deconvnet.solve.HalfQuadraticSplitting;
import org.deconvnet.solve.SolverOptions;
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

  /**
   * Inference with the present filters.
   *
   * @param image (C, H, W): what the layer reconstructs, no side shorter than a filter's
   * @param number the layer's number, for messages
   * @throws IllegalArgumentException if image and filters do not fit
   */
  public HalfQuadraticSplitting solver(
      ConvolutionEngine engine,
      BetaSchedule schedule,
      SolverOptions options,
      Shape image,
      int number) {
    requireRoom(image, number);
    return new HalfQuadraticSplitting(
        new CodeProblem(
            "layer " + number,
            new Synthesis(engine, filters, image),
            lambda,
            new Power(kappa, alpha)),
        schedule,
        options);
  }

  private void requireRoom(Shape image, int number) {
    int side = filters.side();
    if (image.height() < side || image.width() < side) {
      throw new UserErrorException(
          "layer %d: expected an image of at least the filters' %d x %d, got %d x %d"
              .formatted(number, side, side, image.height(), image.width()));
    }
  }

  public DeconvolutionalLayer withFilters(FilterBank newFilters) {
    return new DeconvolutionalLayer(newFilters, lambda, kappa, alpha);
  }

  public DeconvolutionalLayer withLambda(double newLambda) {
    return new DeconvolutionalLayer(filters, newLambda, kappa, alpha);
  }
}
