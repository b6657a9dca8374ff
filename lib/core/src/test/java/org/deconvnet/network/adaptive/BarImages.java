package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/** Eight images of bars of random place and direction, of two sizes, non-square, in faint noise. */
final class BarImages {
  private BarImages() {}

  /** Each bar is in one channel only: level bars in the first, upright ones in the last. */
  static List<AdaptiveImage> draw(int channels) {
    Random random = new Random(21);
    List<AdaptiveImage> all = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      FeatureMaps y = EngineContract.maps(new Shape(channels, 14 + n % 2 * 3, 19), random);
      for (int i = 0; i < y.data().length; i++) {
        y.data()[i] *= 0.1f;
      }
      for (int bar = 0; bar < 4; bar++) {
        int row = random.nextInt(9);
        int column = random.nextInt(14);
        boolean level = bar % 2 == 0;
        for (int i = 0; i < 5; i++) {
          y.set(level ? 0 : channels - 1, level ? row : row + i, level ? column + i : column, 2);
        }
      }
      all.add(new AdaptiveImage("image" + n, y, List.of()));
    }
    return all;
  }

  /** Two batches of four. */
  static List<LocalBatch<AdaptiveImage, AdaptiveCoding>> batches(
      ConvolutionEngine engine, List<AdaptiveImage> images) {
    return List.of(batch(engine, images.subList(0, 4)), batch(engine, images.subList(4, 8)));
  }

  static LocalBatch<AdaptiveImage, AdaptiveCoding> batch(
      ConvolutionEngine engine, List<AdaptiveImage> images) {
    return new LocalBatch<>(engine, false, images);
  }

  /** These images with the switches of a network's first layer. */
  static List<AdaptiveImage> under(
      ConvolutionEngine engine, AdaptiveNetwork below, List<AdaptiveImage> images) {
    AdaptiveCoder coder = new AdaptiveCoding(below.upTo(0), below.layer(1)).coder(engine);
    return images.stream().map(image -> coder.code(image).handedUp()).toList();
  }
}
