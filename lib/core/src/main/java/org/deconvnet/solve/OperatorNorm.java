package org.deconvnet.solve;

import java.util.Random;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.tensor.FeatureMaps;

/**
 * ‖AᵀA‖, the largest eigenvalue, by power iteration: the Lipschitz constant of the gradient of ½‖A
 * z − y‖². Any step below its inverse makes ISTA descend (Beck and Teboulle, SIAM J. Imaging
 * Sciences 2009, section 3). Power iteration approaches it from below, so leave a margin.
 */
public final class OperatorNorm {
  private static final int ITERATIONS = 12;

  private OperatorNorm() {}

  /** Deterministic for a seed. Allocates one set of maps and one image. */
  public static double estimate(LinearMap a, long seed) {
    FeatureMaps z = FeatureMaps.zeros(a.domain());
    Random random = new Random(seed);
    for (int i = 0; i < z.data().length; i++) {
      z.data()[i] = (float) random.nextGaussian();
    }
    FeatureMaps image = FeatureMaps.zeros(a.range());
    double squares = z.squaredNorm();
    for (int i = 0; i < ITERATIONS; i++) {
      scale(z, 1 / Math.sqrt(squares));
      a.apply(z, image);
      a.adjoint(image, z);
      squares = z.squaredNorm();
      if (squares == 0) {
        return 0;
      }
    }
    return Math.sqrt(squares);
  }

  private static void scale(FeatureMaps z, double factor) {
    for (int i = 0; i < z.data().length; i++) {
      z.data()[i] *= (float) factor;
    }
  }
}
