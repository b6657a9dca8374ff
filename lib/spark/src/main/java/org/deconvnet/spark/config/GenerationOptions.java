package org.deconvnet.spark.config;

import java.io.Serializable;
import org.deconvnet.network.gradient.adversarial.AdversarialOptions;
import org.deconvnet.preprocess.MiddleCrop;
import org.deconvnet.spark.ml.SquareImages;

/** All that decides the training of a generator, as its configuration file says it. Immutable. */
public record GenerationOptions(
    long seed, ExperimentOptions.Corpus corpus, GeneratorSettings generate)
    implements Serializable {
  /** Every key's default. */
  public static final GenerationOptions DEFAULTS =
      new GenerationOptions(1, ExperimentOptions.Corpus.DEFAULTS, GeneratorSettings.DEFAULTS);

  public GenerationOptions withSeed(long other) {
    return new GenerationOptions(other, corpus, generate);
  }

  /** The stage that decodes images, cuts out their middle squares and resizes these. */
  public SquareImages preprocessor() {
    AdversarialOptions networks = generate.options();
    int side = networks.side();
    return new SquareImages(
        new MiddleCrop(!networks.grey(), side, side, side, generate.upright()),
        generate.enlarge() ? 1 : side,
        corpus.maxPixels());
  }
}
