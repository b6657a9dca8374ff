package org.deconvnet.restore;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.network.csc.CscInference;
import org.deconvnet.network.csc.CscLayer;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Hidden pixels filled in by convolutional sparse coding: the few atoms that explain the seen
 * pixels reach into the holes. With M the mask,
 *
 * <pre>least over z: ½ ‖M (y − Σ_k d_k ∗ z_k)‖² + λ Σ_k w_k |z_k|₁</pre>
 *
 * <p>What preprocessing subtracts, a local mean, depends on hidden pixels, too. So they are first
 * {@linkplain GaussianFill filled} with a mean of seen ones. Then, {@value #ROUNDS} times, the
 * filled image is preprocessed, its seen pixels are coded, and hidden pixels become Σ_k d_k ∗ z_k
 * and what preprocessing subtracted there. Seen pixels stay as they are. Not thread-safe.
 */
public final class Inpainter {
  /** Each tells local means more of the holes; three are few enough to be quick. */
  static final int ROUNDS = 3;

  private final CscInference inference;
  private final PreprocessOptions options;

  /**
   * @param options the dictionary's preprocessing
   * @throws UserErrorException if pixels cannot be recovered from what it makes of them
   */
  public Inpainter(ConvolutionEngine engine, CscLayer layer, PreprocessOptions options) {
    Denoiser.requirePixels(options);
    this.inference = new CscInference(engine, layer);
    this.options = options;
  }

  /**
   * The image, newly allocated, hidden pixels filled in; not clipped.
   *
   * @param image pixels, (C, H, W), C as the dictionary has it; what hidden ones hold plays no part
   * @param mask (1, H, W), 1 for pixels that are seen and 0 for those that are hidden
   * @throws UserErrorException if the mask has another size, no pixel is seen, or the image does
   *     not fit the dictionary
   */
  public FeatureMaps inpaint(FeatureMaps image, FeatureMaps mask) {
    return improve(GaussianFill.of(image, mask), mask);
  }

  /**
   * As {@link #inpaint}, from another first fill.
   *
   * @param filled pixels, the hidden ones filled
   */
  public FeatureMaps improve(FeatureMaps filled, FeatureMaps mask) {
    FeatureMaps inpainted = filled.copy();
    if (mask.nonZeros() == mask.data().length) {
      return inpainted;
    }
    Denoiser explained = new Denoiser(new SeenPixels(mask), options);
    for (int round = 0; round < ROUNDS; round++) {
      takeHidden(explained.denoise(inpainted).get(0), mask, inpainted);
    }
    return inpainted;
  }

  private static void takeHidden(FeatureMaps from, FeatureMaps mask, FeatureMaps to) {
    for (int i = 0; i < to.data().length; i++) {
      if (mask.data()[i % mask.data().length] == 0) {
        to.data()[i] = from.data()[i];
      }
    }
  }

  /** What seen pixels say of all. A round starts from the code of the one before. */
  private final class SeenPixels implements LayerReconstructions {
    private final FeatureMaps mask;
    private SparseMaps code;

    SeenPixels(FeatureMaps mask) {
      this.mask = mask;
    }

    @Override
    public List<FeatureMaps> of(FeatureMaps image) {
      SparseMaps start = code == null ? SparseMaps.zeros(inference.codeShape(image.shape())) : code;
      code = inference.code(image, mask, start).code();
      return List.of(inference.reconstruction(code, image.shape()));
    }
  }
}
