package org.deconvnet.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.preprocess.Border;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Denoising by sparse reconstruction (Zeiler et al., CVPR 2010, section 4): what no few codes
 * explain is taken for noise. Layer 1 gives F_1 z_1, layer 2 the "two-projection" F_1 S_1⁻¹ F_2
 * z_2; convolutional sparse coding has layer 1 alone. Works on pixels: preprocessing may take the
 * mean, which is given back. Not thread-safe.
 */
public final class Denoiser {
  private final LayerReconstructions network;
  private final Preprocessor preprocessor;

  /**
   * @param options the network's preprocessing
   * @throws IllegalArgumentException if pixels cannot be recovered from what it makes of them
   */
  public Denoiser(LayerReconstructions network, PreprocessOptions options) {
    requirePixels(options);
    this.network = network;
    this.preprocessor = new Preprocessor(options);
  }

  /**
   * @throws IllegalArgumentException unless preprocessing only subtracts from pixels: it must
   *     neither resize nor pad nor divide by local contrast
   */
  public static void requirePixels(PreprocessOptions options) {
    List<String> reasons = obstacles(options);
    if (!reasons.isEmpty()) {
      throw new UserErrorException(
          ("restoring: expected a model whose preprocessing keeps pixels (longestSide: 0,"
                  + " padToSquare: false, localContrast: false or with border: reflect and"
                  + " deviationFloor: 1), got %s; train one with the section preprocess of"
                  + " conf/denoise-dn.yaml or conf/csc.yaml")
              .formatted(String.join(", ", reasons)));
    }
  }

  /** The settings, key and value, for which pixels cannot be recovered; empty if they can. */
  public static List<String> obstacles(PreprocessOptions options) {
    List<String> reasons = new ArrayList<>();
    if (options.localContrast() && !onlySubtracts(options)) {
      reasons.add(
          "localContrast: true (border: %s, deviationFloor: %s)"
              .formatted(
                  options.border().name().toLowerCase(Locale.ROOT), options.deviationFloor()));
    }
    if (options.longestSide() != 0) {
      reasons.add("longestSide: " + options.longestSide());
    }
    if (options.padToSquare()) {
      reasons.add("padToSquare: true");
    }
    return reasons;
  }

  /** No window over pixels in [0, 1] deviates by more than 1/2: such a floor makes no division. */
  private static boolean onlySubtracts(PreprocessOptions options) {
    return options.border() == Border.REFLECT && options.deviationFloor() == 1;
  }

  /** Preprocessing that gives the pixels themselves, grey or colour as the network has them. */
  public static PreprocessOptions pixels(PreprocessOptions options) {
    return options.withSubtractMean(false).withLocalContrast(false);
  }

  /**
   * @param noisy pixels, (C, H, W), C as the network has it
   * @return the denoised pixels, one image a layer, from layer 1 up, (C, H, W), not clipped
   */
  public List<FeatureMaps> denoise(FeatureMaps noisy) {
    FeatureMaps seen = preprocessor.apply(noisy);
    List<FeatureMaps> layers = network.of(seen);
    layers.forEach(layer -> giveBack(layer, noisy, seen));
    return layers;
  }

  /** Adds what preprocessing subtracted. */
  private static void giveBack(FeatureMaps layer, FeatureMaps noisy, FeatureMaps seen) {
    for (int i = 0; i < layer.data().length; i++) {
      layer.data()[i] += noisy.data()[i] - seen.data()[i];
    }
  }
}
