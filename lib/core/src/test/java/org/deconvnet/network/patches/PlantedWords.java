package org.deconvnet.network.patches;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.dictionary.JacobiEigensolver;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/** Images whose every window is one of a few known words, and learning on them. */
final class PlantedWords {
  static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  static final int WORDS = 6;
  static final int SIDE = 4;

  private PlantedWords() {}

  /** Whole windows of pixels as they are. */
  static WindowOptions plain() {
    return new WindowOptions(SIDE, SIDE, true, false, 0.1);
  }

  static WindowOptions whitened(int step) {
    return new WindowOptions(SIDE, step, false, true, 0.1);
  }

  static PatchCodingOptions coding(WindowOptions windows, double lambda, boolean nonNegative) {
    return new PatchCodingOptions(
        windows, WORDS, lambda, nonNegative, new DescentOptions(1e-4, 200));
  }

  static PatchesOptions options(WindowOptions windows, int epochs, double memory) {
    return new PatchesOptions(coding(windows, 0.2, false), 0, epochs, 0, memory);
  }

  static FilterBank words(int channels) {
    return FilterInitializer.gaussian(Connectivity.full(WORDS, channels), SIDE, 99);
  }

  /** One word in each image of a window's size, some with a second one. */
  static List<PatchesImage> singleWindows(int count, int channels) {
    Random random = new Random(7);
    FilterBank words = words(channels);
    List<PatchesImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FeatureMaps image = FeatureMaps.zeros(new Shape(channels, SIDE, SIDE));
      add(words, i % WORDS, (random.nextBoolean() ? 1 : -1) * (1 + random.nextFloat()), image);
      if (i % 3 == 0) {
        add(words, random.nextInt(WORDS), 1 + random.nextFloat(), image);
      }
      images.add(new PatchesImage("window" + i, image));
    }
    return images;
  }

  private static void add(FilterBank words, int word, float value, FeatureMaps to) {
    for (int i = 0; i < to.data().length; i++) {
      to.data()[i] += value * words.data()[words.offset(word, 0) + i];
    }
  }

  /** Steps and slopes with some noise: neighbouring pixels are alike, as in photographs. */
  static FeatureMaps picture(Shape shape, long seed) {
    Random random = new Random(seed);
    FeatureMaps image = FeatureMaps.zeros(shape);
    for (int c = 0; c < shape.maps(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          double step = (x + 2 * y) % 13 < 6 ? 1 : 0;
          image.set(c, y, x, (float) (step + 0.05 * y + 0.1 * random.nextGaussian()));
        }
      }
    }
    return image;
  }

  static List<PatchesImage> pictures(int count, int channels) {
    List<PatchesImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(new PatchesImage("image" + i, picture(new Shape(channels, 21 + i, 30 - i), i)));
    }
    return images;
  }

  static List<LocalBatch<PatchesImage, PatchesCoding>> batches(
      List<PatchesImage> images, int size) {
    List<LocalBatch<PatchesImage, PatchesCoding>> batches = new ArrayList<>();
    for (int i = 0; i < images.size(); i += size) {
      batches.add(
          new LocalBatch<>(ENGINE, false, images.subList(i, Math.min(i + size, images.size()))));
    }
    return batches;
  }

  static PatchesLayerLearning learning(PatchesOptions options, int channels) {
    return new PatchesLayerLearning(ENGINE, new JacobiEigensolver(), options, channels, 1);
  }

  static LayerState learned(PatchesOptions options, List<PatchesImage> images, int batchSize) {
    return new Learner<>(learning(options, images.get(0).image().maps()), TrainingListener.SILENT)
        .learn(batches(images, batchSize));
  }

  /** Words drawn at random, windows whitened by these images' own moments. */
  static PatchesLayer layer(PatchCodingOptions coding, int channels) {
    PatchesOptions options = new PatchesOptions(coding, 0, 1, 0, 0);
    LayerState start = learning(options, channels).start(batches(pictures(3, channels), 2));
    Whitening whitening = ((PatchesMemory) start.remembered()).whitening();
    return new PatchesLayer(words(channels), whitening, coding, Double.NaN);
  }
}
