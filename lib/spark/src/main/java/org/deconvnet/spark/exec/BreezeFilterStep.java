package org.deconvnet.spark.exec;

import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.dictionary.LeastSquaresStep;
import org.deconvnet.dictionary.UnitSphereStep;

/** The filter step on the driver, by Breeze: it costs no pass over the images. */
public final class BreezeFilterStep {
  private static final int CG_STEPS = 100;
  private static final int SWEEPS = 100;
  private static final double TOLERANCE = 1e-7;

  private BreezeFilterStep() {}

  public static FilterStep of(FilterStep.Kind kind) {
    return switch (kind) {
      case UNIT_SPHERE -> new UnitSphereStep(new BreezeEigensolver(), SWEEPS, TOLERANCE);
      case LEAST_SQUARES -> new LeastSquaresStep(new BreezeConjugateGradient(), CG_STEPS);
    };
  }
}
