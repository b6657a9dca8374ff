package org.deconvnet.network.csc;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.ImageCoder;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;

/** Codes images from the codes that they have. Not thread-safe: one a task. */
public final class CscCoder implements ImageCoder<CscImage> {
  private final CscInference inference;

  CscCoder(ConvolutionEngine engine, CscCoding coding) {
    this.inference = new CscInference(engine, coding.layer());
  }

  /**
   * @throws IllegalArgumentException naming the image, if it is smaller than a filter or has a
   *     pixel that is not finite
   * @throws SolverDivergedException naming the image, if its code stops being finite
   */
  @Override
  public CscImage code(CscImage image) {
    try {
      SparseMaps start =
          image.keptCode() == null
              ? SparseMaps.zeros(inference.codeShape(image.image().shape()))
              : image.keptCode();
      return image.with(inference.code(image.image(), null, start));
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of("image " + image.id(), e);
    } catch (SolverDivergedException e) {
      throw e.inImage(image.id());
    }
  }

  /** y − Σ_k d_k ∗ z_k, newly allocated. */
  FeatureMaps residual(CscImage coded) {
    FeatureMaps residual = inference.reconstruction(coded.keptCode(), coded.image().shape());
    for (int i = 0; i < residual.data().length; i++) {
      residual.data()[i] = coded.image().data()[i] - residual.data()[i];
    }
    return residual;
  }
}
