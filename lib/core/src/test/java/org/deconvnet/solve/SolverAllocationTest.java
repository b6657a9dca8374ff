package org.deconvnet.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.deconvnet.AllocatedBytes;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.penalty.L1;
import org.deconvnet.penalty.NonNegativeElasticNet;
import org.deconvnet.penalty.Penalty;
import org.deconvnet.penalty.Power;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A code has 20,000 bytes here: iterations that took as little as a row would show. */
class SolverAllocationTest {
  static final Penalty[] PENALTIES = {
    new L1(1), new Power(1, 0.8), new NonNegativeElasticNet(0.5, 0.1)
  };

  private static final Shape SHAPE = new Shape(2, 50, 50);
  private static final FeatureMaps Y = EngineContract.maps(SHAPE, new Random(1));

  @ParameterizedTest
  @FieldSource("PENALTIES")
  void iterationsAllocateNothing(Penalty penalty) {
    CodeProblem problem = new CodeProblem("half", new Half(), 3, penalty);
    PoolSize pool = new PoolSize(3, 2, 2);
    for (Shrinkage shrinkage : List.of(Shrinkage.PLAIN, new Shrinkage(true, true))) {
      costsNothing(
          n -> new Ista(problem, pool, 2, options(n), shrinkage, new ScalarArrayKernels()));
    }
    costsNothing(n -> new HalfQuadraticSplitting(problem, BetaSchedule.standard(), options(n)));
  }

  private static SolverOptions options(int iterations) {
    return SolverOptions.iterations(iterations);
  }

  private static void costsNothing(IntFunction<CodeSolver> solver) {
    CodeSolver few = solver.apply(2);
    CodeSolver many = solver.apply(52);
    allocated(many);
    assertThat(allocated(many) - allocated(few)).isLessThan(2000);
  }

  private static long allocated(CodeSolver solver) {
    FeatureMaps z = FeatureMaps.zeros(SHAPE);
    long before = AllocatedBytes.ofThisThread();
    solver.solve(Y, z);
    return AllocatedBytes.ofThisThread() - before;
  }

  /** z/2. */
  private static final class Half implements LinearMap {
    @Override
    public Shape domain() {
      return SHAPE;
    }

    @Override
    public Shape range() {
      return SHAPE;
    }

    @Override
    public void apply(FeatureMaps z, FeatureMaps image) {
      for (int i = 0; i < z.data().length; i++) {
        image.data()[i] = z.data()[i] / 2;
      }
    }

    @Override
    public void adjoint(FeatureMaps r, FeatureMaps z) {
      apply(r, z);
    }

    @Override
    public void applyEntries(int[] index, float[] values, FeatureMaps image) {
      image.fill(0);
      for (int e = 0; e < index.length; e++) {
        image.data()[index[e]] = values[e] / 2;
      }
    }
  }
}
