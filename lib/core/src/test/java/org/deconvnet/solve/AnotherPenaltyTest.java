package org.deconvnet.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Synthesis;
import org.deconvnet.penalty.NonNegativeElasticNet;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

/** A penalty is one class: both solvers come to its minimum without knowing it. */
class AnotherPenaltyTest {
  private static final double LAMBDA = 4;
  private static final double KAPPA = 0.8;
  private static final double MU = 0.3;
  private static final FilterBank FILTERS =
      FilterInitializer.gaussian(Connectivity.full(4, 1), 3, 3);
  private static final FeatureMaps Y = EngineContract.maps(new Shape(1, 9, 12), new Random(6));
  private static final CodeProblem PROBLEM =
      new CodeProblem(
          "layer 1",
          new Synthesis(new ScalarConvolutionEngine(), FILTERS, Y.shape()),
          LAMBDA,
          new NonNegativeElasticNet(KAPPA, MU));

  @Test
  void shrinkageComesToItsMinimum() {
    FeatureMaps z = byIsta();
    double[] slope = negativeSlope(z);
    int positive = 0;
    for (int i = 0; i < slope.length; i++) {
      if (z.data()[i] > 0) {
        assertThat(slope[i]).isCloseTo(KAPPA + MU * z.data()[i], within(2e-3));
        positive++;
      } else {
        assertThat(z.data()[i]).isZero();
        assertThat(slope[i]).isLessThan(KAPPA + 2e-3);
      }
    }
    assertThat(positive).isBetween(20, slope.length / 2);
  }

  /** The minimum for one β: Aᵀ pulls z as hard as the penalty pulls x, and as β holds them. */
  @Test
  void splittingComesToItsMinimum() {
    double beta = 50;
    HalfQuadraticSplitting hqs =
        new HalfQuadraticSplitting(
            PROBLEM, BetaSchedule.of(beta).withCgSteps(4), SolverOptions.iterations(1500));
    FeatureMaps z = FeatureMaps.zeros(PROBLEM.map().domain());
    hqs.solve(Y, z);
    float[] x = hqs.sparse().data();
    double[] slope = negativeSlope(z);
    for (int i = 0; i < slope.length; i++) {
      assertThat(beta * (z.data()[i] - x[i])).as("z %d", i).isCloseTo(slope[i], within(5e-3));
      if (x[i] > 0) {
        assertThat(slope[i]).as("x %d", i).isCloseTo(KAPPA + MU * x[i], within(5e-3));
      } else {
        assertThat(x[i]).isZero();
        assertThat(slope[i]).isLessThan(KAPPA + 5e-3);
      }
    }
    double least = objective(byIsta());
    assertThat(objective(hqs.sparse())).isBetween(least * (1 - 1e-5), least * 1.02);
  }

  private static FeatureMaps byIsta() {
    double step = Ista.MARGIN / OperatorNorm.estimate(PROBLEM.map(), 1);
    Ista ista =
        new Ista(
            PROBLEM,
            new PoolSize(1, 1, 1),
            step,
            SolverOptions.iterations(3000),
            new ScalarArrayKernels());
    FeatureMaps z = FeatureMaps.zeros(PROBLEM.map().domain());
    CodeTrace trace = ista.solve(Y, z);
    assertThat(trace.objective()).isCloseTo(objective(z), within(1e-4));
    return z;
  }

  private static FeatureMaps error(FeatureMaps z) {
    FeatureMaps error = FeatureMaps.zeros(Y.shape());
    PROBLEM.map().apply(z, error);
    for (int i = 0; i < error.data().length; i++) {
      error.data()[i] = Y.data()[i] - error.data()[i];
    }
    return error;
  }

  /** λ Aᵀ(y − A z). */
  private static double[] negativeSlope(FeatureMaps z) {
    FeatureMaps slope = FeatureMaps.zeros(z.shape());
    PROBLEM.map().adjoint(error(z), slope);
    double[] scaled = new double[slope.data().length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = LAMBDA * slope.data()[i];
    }
    return scaled;
  }

  private static double objective(FeatureMaps z) {
    return LAMBDA / 2 * error(z).squaredNorm() + PROBLEM.penalty().value(z.data());
  }
}
