package org.deconvnet.network.patches;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.ImageCoder;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/** Codes the windows drawn of images. Not thread-safe: one a task. */
final class PatchesCoder implements ImageCoder<PatchesImage> {
  private final PatchesInference inference;
  private final DrawnWindows drawn;

  PatchesCoder(ConvolutionEngine engine, PatchesCoding coding) {
    this.inference = new PatchesInference(engine, coding.layer());
    this.drawn = coding.drawn();
  }

  /**
   * @throws IllegalArgumentException naming the image, if it is smaller than a window or has a
   *     pixel that is not finite
   */
  @Override
  public PatchesImage code(PatchesImage image) {
    try {
      CodedImage coded = inference.codeWindows(windows(image));
      return new PatchesImage(image.id(), image.image(), coded.code(), coded.trace());
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of("image " + image.id(), e);
    } catch (SolverDivergedException e) {
      throw e.inImage(image.id());
    }
  }

  /** The windows drawn of an image, whitened, (C s², 1, windows). */
  FeatureMaps windows(PatchesImage image) {
    inference.requireFit(image.image());
    return inference.whitened(drawn.of(image.id(), image.image()));
  }

  /** What the words leave of these windows. */
  FeatureMaps residual(PatchesImage coded) {
    return inference.residual(windows(coded), coded.code());
  }
}
