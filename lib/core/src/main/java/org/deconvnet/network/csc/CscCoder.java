package org.deconvnet.network.csc;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.ImageCoder;
import org.deconvnet.operator.Masked;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Codes images from the codes that they have, by coordinate descent, which gains most from them.
 * Not thread-safe: one a task.
 */
public final class CscCoder implements ImageCoder<CscImage> {
  private final CscInference inference;

  CscCoder(ConvolutionEngine engine, CscCoding coding) {
    this.inference = new CscInference(engine, coding.layer().greedy());
  }

  /**
   * @throws IllegalArgumentException naming the image, if it is smaller than a filter or has a
   *     pixel that is not finite
   * @throws SolverDivergedException naming the image, if its code stops being finite
   */
  @Override
  public CscImage code(CscImage image) {
    try {
      FeatureMaps pixels = image.pixels();
      SparseMaps start =
          image.keptCode() == null
              ? SparseMaps.zeros(inference.codeShape(pixels.shape()))
              : image.keptCode();
      return image.with(inference.code(pixels, image.mask(), start));
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of("image " + image.id(), e);
    } catch (SolverDivergedException e) {
      throw e.inImage(image.id());
    }
  }

  /** y − Σ_k d_k ∗ z_k, hidden pixels zero, newly allocated. */
  FeatureMaps residual(CscImage coded) {
    FeatureMaps pixels = coded.pixels();
    FeatureMaps residual = inference.reconstruction(coded.keptCode(), pixels.shape());
    for (int i = 0; i < residual.data().length; i++) {
      residual.data()[i] = pixels.data()[i] - residual.data()[i];
    }
    if (coded.masked()) {
      Masked.hide(coded.mask(), residual, residual);
    }
    return residual;
  }
}
