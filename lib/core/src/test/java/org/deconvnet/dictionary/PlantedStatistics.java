package org.deconvnet.dictionary;

import java.util.Random;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.conv.ScalarConvolutionEngine;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/** What both filter steps are tested on. */
final class PlantedStatistics {
  static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  static final Connectivity CONNECTIVITY =
      Connectivity.of(new boolean[][] {{true, false}, {false, true}, {true, true}});

  private PlantedStatistics() {}

  /** Statistics of sparse random codes and what the filters make of them, with noise. */
  static FilterQuadratic quadratic(FilterBank planted, double noise, Random random) {
    FilterStatistics sums = new FilterStatistics(planted.connectivity(), planted.side());
    CodeCorrelations correlations = new CodeCorrelations(ENGINE, planted.side());
    for (int image = 0; image < 4; image++) {
      FeatureMaps z = FeatureMaps.zeros(new Shape(planted.maps(), 17, 20));
      for (int i = 0; i < z.data().length; i++) {
        z.data()[i] = random.nextInt(6) == 0 ? (float) random.nextGaussian() : 0;
      }
      FeatureMaps y = FeatureMaps.zeros(planted.imageShape(z.shape()));
      ENGINE.synthesize(planted, z, y);
      for (int i = 0; i < y.data().length; i++) {
        y.data()[i] += (float) (noise * random.nextGaussian());
      }
      sums.add(correlations, z, y);
    }
    return sums.quadratic();
  }
}
