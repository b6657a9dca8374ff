package org.deconvnet.spark.config;

import java.io.Serializable;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.adversarial.AdversarialOptions;
import org.deconvnet.tensor.Checks;

/**
 * Two networks that are trained in turns, and the images that they learn from.
 *
 * @param engine auto, vector or scalar
 * @param images learn from so many, drawn by the seed; 0 for all
 * @param upright turn images as their files say
 * @param enlarge images of fewer rows or columns than the networks' side are enlarged; false: they
 *     are no usable images
 */
public record GeneratorSettings(
    String engine, int images, boolean upright, boolean enlarge, AdversarialOptions options)
    implements Serializable {
  /** Of 32 × 32 pixels, from all images. */
  public static final GeneratorSettings DEFAULTS =
      new GeneratorSettings(ConvolutionEngines.AUTO, 0, true, true, AdversarialOptions.DEFAULTS);

  public GeneratorSettings {
    ConvolutionEngines.requireName(engine);
    Checks.atLeast("generate.images", 0, images);
  }
}
