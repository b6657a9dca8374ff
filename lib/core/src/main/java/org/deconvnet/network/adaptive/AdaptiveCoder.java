package org.deconvnet.network.adaptive;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.ImageCoder;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.solve.Ista;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The part of learning that happens image by image, for one layer with fixed filters: coding, and
 * the image's share of the filter step's quadratic. With L the lower layers' reconstruction under
 * the image's switches and S(z) f = synthesize(f, z), the filter step minimises Σ_images ½‖L S(z) f
 * − y‖² (Zeiler et al., ICCV 2011, section 2.4); its Hessian is Σ S(z)ᵀ Lᵀ L S(z).
 *
 * <p>Not thread-safe: one a task. Memory: two image-sized arrays and the filters' size here, what
 * {@link Reconstruction} and {@link Ista} need for one image besides.
 */
public final class AdaptiveCoder implements ImageCoder<AdaptiveImage> {
  private final ConvolutionEngine engine;
  private final AdaptiveCoding coding;
  private final FilterBank gradient;

  public AdaptiveCoder(ConvolutionEngine engine, AdaptiveCoding coding) {
    FilterBank f = coding.layer().filters();
    this.engine = engine;
    this.coding = coding;
    this.gradient = FilterBank.zeros(f.connectivity(), f.side());
  }

  private Reconstruction reconstruction(AdaptiveImage image) {
    return coding
        .below()
        .reconstruction(engine, coding.layer().filters(), image.lower(), image.image().shape());
  }

  /**
   * @throws SolverDivergedException naming the image, if its code stops being finite
   */
  @Override
  public AdaptiveImage code(AdaptiveImage image) {
    try {
      return image.withCode(
          coding.layer().solver(reconstruction(image), coding.number()).infer(image.image()));
    } catch (SolverDivergedException e) {
      throw e.inImage(image.id());
    }
  }

  /**
   * Lᵀ (y − L S(z) f): what the code leaves of an image, as the layer's input sees it.
   *
   * @return (channels, rows, columns), newly allocated
   */
  FeatureMaps residualAtInput(AdaptiveImage coded) {
    Reconstruction r = reconstruction(coded);
    return r.atInput(residual(r, coded)).copy();
  }

  /** S(z)ᵀ Lᵀ (y − L S(z) f), (maps, channels, side, side); overwritten by the next call. */
  public float[] negativeGradient(AdaptiveImage coded) {
    Reconstruction r = reconstruction(coded);
    FeatureMaps residual = residual(r, coded);
    r.filterGradientEntries(
        coded.code().switches().index(), coded.code().pooled().data(), residual, gradient);
    return gradient.data();
  }

  /** y − L S(z) f. */
  private static FeatureMaps residual(Reconstruction r, AdaptiveImage coded) {
    FeatureMaps residual = FeatureMaps.zeros(r.range());
    r.applyEntries(coded.code().switches().index(), coded.code().pooled().data(), residual);
    for (int i = 0; i < residual.data().length; i++) {
      residual.data()[i] = coded.image().data()[i] - residual.data()[i];
    }
    return residual;
  }

  /** S(z)ᵀ Lᵀ L S(z) d for a direction d shaped as the filters; overwritten by the next call. */
  public float[] product(AdaptiveImage coded, FilterBank direction) {
    Reconstruction r = reconstruction(coded);
    r.filterGradientEntries(
        coded.code().switches().index(),
        coded.code().pooled().data(),
        along(r, coded, direction),
        gradient);
    return gradient.data();
  }

  /** ‖L S(z) d‖² for a direction d shaped as the filters: d times {@link #product}. */
  double squaredLength(AdaptiveImage coded, FilterBank direction) {
    return along(reconstruction(coded), coded, direction).squaredNorm();
  }

  /** L S(z) d. */
  private static FeatureMaps along(Reconstruction r, AdaptiveImage coded, FilterBank direction) {
    FeatureMaps image = FeatureMaps.zeros(r.range());
    r.synthesizeEntries(
        direction, coded.code().switches().index(), coded.code().pooled().data(), image);
    return image;
  }
}
