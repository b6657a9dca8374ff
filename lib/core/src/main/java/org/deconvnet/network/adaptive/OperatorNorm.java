package org.deconvnet.network.adaptive;

import java.util.Random;
import org.deconvnet.tensor.FeatureMaps;

/**
 * ‖RᵀR‖, the largest eigenvalue, by power iteration: the Lipschitz constant of the gradient of ½‖Rz
 * − y‖². Any step below its inverse makes ISTA descend (Beck and Teboulle, SIAM J. Imaging Sciences
 * 2009, section 3). Power iteration approaches it from below, so leave a margin.
 */
public final class OperatorNorm {
  private static final int ITERATIONS = 12;

  private OperatorNorm() {}

  /** Deterministic for a seed. Allocates one set of maps and one image. */
  public static double estimate(Reconstruction r, long seed) {
    FeatureMaps z = FeatureMaps.zeros(r.mapShape());
    Random random = new Random(seed);
    for (int i = 0; i < z.data().length; i++) {
      z.data()[i] = (float) random.nextGaussian();
    }
    FeatureMaps image = FeatureMaps.zeros(r.imageShape());
    double norm = 0;
    for (int i = 0; i < ITERATIONS; i++) {
      scale(z, 1 / Math.sqrt(z.squaredNorm()));
      r.apply(z, image);
      r.adjoint(image, z);
      norm = Math.sqrt(z.squaredNorm());
      if (norm == 0) {
        return 0;
      }
    }
    return norm;
  }

  private static void scale(FeatureMaps z, double factor) {
    for (int i = 0; i < z.data().length; i++) {
      z.data()[i] *= (float) factor;
    }
  }
}
