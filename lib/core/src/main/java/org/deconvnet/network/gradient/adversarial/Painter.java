package org.deconvnet.network.gradient.adversarial;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.network.gradient.GradientNetwork;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.tensor.FeatureMaps;

/**
 * A trained generator at work: z to images, by running statistics, so that an image depends on its
 * own z alone. Not thread-safe.
 */
public final class Painter {
  private static final int AT_A_TIME = 16;

  private final GradientNetwork network;

  public Painter(NetworkWeights generator, ArrayKernels kernels) {
    network = generator.network(kernels, AT_A_TIME);
  }

  /**
   * Images in [0, 1], one a z.
   *
   * @param z (numbers, 1, 1) each
   */
  public List<FeatureMaps> paint(List<FeatureMaps> z) {
    List<FeatureMaps> images = new ArrayList<>();
    for (int from = 0; from < z.size(); from += AT_A_TIME) {
      List<FeatureMaps> some = z.subList(from, Math.min(z.size(), from + AT_A_TIME));
      for (int i = 0; i < some.size(); i++) {
        network.input().put(i, some.get(i));
      }
      network.infer();
      for (int i = 0; i < some.size(); i++) {
        FeatureMaps image = FeatureMaps.zeros(network.output().image());
        network.output().get(i, image);
        images.add(PixelRange.toUnit(image));
      }
    }
    return images;
  }
}
