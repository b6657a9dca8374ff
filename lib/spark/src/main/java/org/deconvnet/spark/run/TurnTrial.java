package org.deconvnet.spark.run;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.adversarial.AdversarialOptions;
import org.deconvnet.network.gradient.adversarial.AdversarialWeights;
import org.deconvnet.network.gradient.adversarial.AdversarialWork;
import org.deconvnet.network.gradient.adversarial.Noise;
import org.deconvnet.tensor.FeatureMaps;

/** Times what a turn does with one ghost group, on grey noise in place of images. */
final class TurnTrial {
  private static final int TURNS = 3;

  private TurnTrial() {}

  /** Seconds of the last of a few turns, on one core. */
  static double seconds(AdversarialOptions options, String engine) {
    AdversarialWeights weights = AdversarialWeights.start(options, 1);
    AdversarialWork work =
        new AdversarialWork(
            weights,
            ConvolutionEngines.create(engine).kernels(),
            options.ghostGroup(),
            options.groups(),
            1,
            0);
    List<FeatureMaps> images = new ArrayList<>();
    for (int i = 0; i < options.ghostGroup(); i++) {
      FeatureMaps image = FeatureMaps.zeros(options.image());
      FeatureMaps drawn = Noise.ofImage(options.z(), 2, i);
      for (int p = 0; p < image.data().length; p++) {
        image.data()[p] = drawn.data()[p % drawn.data().length];
      }
      images.add(image);
    }
    double seconds = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      seconds = Trial.Timed.of(() -> turn(weights, work, images, options)).seconds();
    }
    return seconds;
  }

  private static Void turn(
      AdversarialWeights weights,
      AdversarialWork work,
      List<FeatureMaps> images,
      AdversarialOptions options) {
    work.discriminate(
        images,
        0,
        weights.discriminator().sums(AdversarialWork.DISCRIMINATOR_LOSSES, 2L * options.groups()));
    work.generate(0, weights.generator().sums(AdversarialWork.GENERATOR_LOSSES, options.groups()));
    return null;
  }
}
