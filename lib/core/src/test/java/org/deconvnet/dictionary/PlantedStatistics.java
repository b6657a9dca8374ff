package org.deconvnet.dictionary;

import static org.deconvnet.dictionary.PlantedImages.CONNECTIVITY;
import static org.deconvnet.dictionary.PlantedImages.ENGINE;

import java.util.Random;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/** What both filter steps are tested on. */
final class PlantedStatistics {
  private PlantedStatistics() {}

  /** Statistics of sparse random codes and what the filters make of them, with noise. */
  static FilterQuadratic quadratic(FilterBank planted, double noise, Random random) {
    FilterStatistics sums = new FilterStatistics(planted.connectivity(), planted.side(), 1);
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

  /** One activation of the first of three maps, and an image of ones: maps 1 and 2 have no code. */
  static FilterQuadratic ofOneCode() {
    FilterStatistics sums = new FilterStatistics(CONNECTIVITY, 4, 1);
    FeatureMaps z = FeatureMaps.zeros(new Shape(3, 10, 12));
    z.set(0, 4, 4, 1);
    FeatureMaps y = FeatureMaps.zeros(new Shape(2, 7, 9));
    y.fill(1);
    sums.add(new CodeCorrelations(ENGINE, 4), z, y);
    return sums.quadratic();
  }
}
