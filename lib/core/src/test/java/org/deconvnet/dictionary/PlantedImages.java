package org.deconvnet.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.deconvolutional.DeconvolutionalImage;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/** Small images that known filters made from sparse codes. */
public final class PlantedImages {
  public static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  static final Connectivity CONNECTIVITY =
      Connectivity.of(new boolean[][] {{true, false}, {false, true}, {true, true}});
  static final int SIDE = 3;

  private PlantedImages() {}

  /** Two channels, two sizes. */
  public static List<DeconvolutionalImage> draw(int count, long seed) {
    FilterBank planted = UnitPlanes.draw(CONNECTIVITY, SIDE, 77);
    Random random = new Random(seed);
    List<DeconvolutionalImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FeatureMaps z = FeatureMaps.zeros(new Shape(3, 14, 12 + i % 2));
      for (int n = 0; n < z.data().length; n++) {
        z.data()[n] = random.nextInt(12) == 0 ? (float) (2 * random.nextGaussian()) : 0;
      }
      FeatureMaps y = FeatureMaps.zeros(planted.imageShape(z.shape()));
      ENGINE.synthesize(planted, z, y);
      images.add(new DeconvolutionalImage("image" + i, y));
    }
    return images;
  }

  public static DeconvolutionalOptions options(int epochs, double memory) {
    return new DeconvolutionalOptions(
        3,
        SIDE,
        ConnectivityPlan.parse("10 01 11"),
        20,
        1,
        0.8,
        epochs,
        2,
        memory,
        FilterStep.Kind.LEAST_SQUARES,
        BetaSchedule.standard());
  }

  public static FilterBank start() {
    return UnitPlanes.draw(CONNECTIVITY, SIDE, 5);
  }
}
