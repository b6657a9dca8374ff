package org.deconvnet.network.deconvolutional;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.penalty.PowerPenalty;
import org.deconvnet.penalty.PowerShrinkage;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Inference of one layer of the deconvolutional network by half-quadratic splitting (Zeiler,
 * Krishnan, Taylor and Fergus, CVPR 2010, section 2.2). Minimises, for one image y,
 *
 * <pre>λ/2 Σ_c ‖ Σ_k g[k,c] (z_k ⊛ f[k,c]) − y_c ‖² + κ Σ|z_k|^α</pre>
 *
 * <p>A second code x takes the sparsity term and is held to z by β/2 ‖z − x‖². For one β after the
 * other, first x ← the {@linkplain PowerShrinkage proximal operator} at z, then z ←
 * conjugate-gradient steps, from the present z, on (λFᵀF + βI) z = λFᵀy + βx. The code of the paper
 * is z, which is dense; x is sparse.
 *
 * <p>Holds the workspace of one image shape, five times the code and two images; allocates nothing
 * in iterations. Not thread-safe: one a task, with an engine of its own.
 */
public final class HalfQuadraticSplitting {
  private final DeconvolutionalLayer layer;
  private final BetaSchedule schedule;
  private final Shape imageShape;
  private final int number;
  private final CodeQuadratic quadratic;
  private final List<PowerShrinkage.Threshold> thresholds;
  private final PowerPenalty penalty;
  private final FeatureMaps x;

  /**
   * For the first layer: {@link #HalfQuadraticSplitting(ConvolutionEngine, DeconvolutionalLayer,
   * BetaSchedule, Shape, int)}.
   */
  public HalfQuadraticSplitting(
      ConvolutionEngine engine,
      DeconvolutionalLayer layer,
      BetaSchedule schedule,
      Shape imageShape) {
    this(engine, layer, schedule, imageShape, 1);
  }

  /**
   * @param imageShape (C, H, W): what the layer reconstructs, no side shorter than a filter's
   * @param number the layer's number, for messages
   * @throws IllegalArgumentException if image and filters do not fit
   */
  public HalfQuadraticSplitting(
      ConvolutionEngine engine,
      DeconvolutionalLayer layer,
      BetaSchedule schedule,
      Shape imageShape,
      int number) {
    requireRoom(layer, imageShape, number);
    this.layer = layer;
    this.schedule = schedule;
    this.imageShape = imageShape;
    this.number = number;
    this.quadratic = new CodeQuadratic(engine, layer, number, imageShape);
    PowerShrinkage shrinkage = new PowerShrinkage(layer.kappa(), layer.alpha());
    this.thresholds = schedule.betas().stream().map(shrinkage::at).toList();
    this.penalty = new PowerPenalty(layer.kappa(), layer.alpha());
    this.x = FeatureMaps.zeros(layer.mapShape(imageShape));
  }

  private static void requireRoom(DeconvolutionalLayer layer, Shape image, int number) {
    int side = layer.filters().side();
    if (image.height() < side || image.width() < side) {
      throw new UserErrorException(
          "layer %d: expected an image of at least the filters' %d x %d, got %d x %d"
              .formatted(number, side, side, image.height(), image.width()));
    }
  }

  /**
   * Infers the code of an image.
   *
   * @param y image, (C, H, W)
   * @param z dense code, (K, H+s−1, W+s−1): on entry where to start, zeros or the code of an
   *     earlier epoch; on return the result
   * @throws IllegalArgumentException if shapes do not fit or a pixel is not finite
   * @throws SolverDivergedException if numbers stop being finite; z is then of no use
   */
  public HqsTrace infer(FeatureMaps y, FeatureMaps z) {
    Checks.sameShape("image", imageShape, y.shape());
    Checks.sameShape("code", x.shape(), z.shape());
    Checks.finite("image", y);
    quadratic.start(y, z);
    int last = schedule.rounds() - 1;
    for (int round = 0; round <= last; round++) {
      thresholds.get(round).shrink(z.data(), x.data());
      quadratic.minimise(z.data(), x.data(), schedule.beta(round), schedule, round == last);
    }
    return trace(y, z);
  }

  /** The sparse code x of the last inference, (K, H+s−1, W+s−1), until the next one. Shared. */
  public FeatureMaps sparse() {
    return x;
  }

  private HqsTrace trace(FeatureMaps y, FeatureMaps z) {
    double squaredError = quadratic.error().squaredNorm();
    if (!Double.isFinite(squaredError)) {
      throw SolverDivergedException.inHalfQuadraticSplitting(
          number, schedule.beta(schedule.rounds() - 1), schedule.cgSteps(), squaredError);
    }
    return new HqsTrace(
        layer.lambda() / 2 * squaredError,
        penalty.of(z.data()),
        penalty.of(x.data()),
        squaredError,
        y.squaredNorm(),
        x.nonZeros(),
        x.data().length);
  }
}
