package org.deconvnet.network.patches;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Coding;
import org.deconvnet.learn.ImageCoder;

/**
 * Present words, and the windows that are coded with them.
 *
 * @param layer null before windows can be whitened: images then stay as they are
 * @param drawn windows of each image
 */
public record PatchesCoding(PatchesLayer layer, DrawnWindows drawn)
    implements Coding<PatchesImage> {
  @Override
  public ImageCoder<PatchesImage> coder(ConvolutionEngine engine) {
    return layer == null ? image -> image : new PatchesCoder(engine, this);
  }
}
