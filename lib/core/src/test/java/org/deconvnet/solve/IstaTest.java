package org.deconvnet.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Synthesis;
import org.deconvnet.penalty.L1;
import org.deconvnet.penalty.NonNegativeElasticNet;
import org.deconvnet.penalty.Penalty;
import org.deconvnet.penalty.Power;
import org.deconvnet.solve.reference.DenseIsta;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class IstaTest {
  private static final FilterBank FILTERS =
      FilterInitializer.gaussian(Connectivity.full(6, 1), 5, 3);
  private static final PoolSize NO_POOLING = new PoolSize(1, 1, 1);

  /** The last one is not odd, so winners are known only once all is shrunk. */
  static final Penalty[] PENALTIES = {
    new L1(1), new L1(0.3), new Power(1, 0.8), new NonNegativeElasticNet(0.8, 0.3)
  };

  static final Shrinkage[] SHRINKAGES = {
    new Shrinkage(true, false), new Shrinkage(false, true), new Shrinkage(true, true)
  };

  @Test
  void objectiveFallsWithEveryIterationWhereNothingIsPooled() {
    FeatureMaps y = plantedImage(new Shape(1, 17, 22));
    double last = Double.MAX_VALUE;
    for (int t = 1; t <= 12; t++) {
      double now = infer(y, t, 8, safeStep(y)).trace().objective();
      assertThat(now).as("after %d iterations", t).isLessThanOrEqualTo(last * (1 + 1e-6));
      last = now;
    }
  }

  @Test
  void plantedSpikesAreFound() {
    Shape shape = new Shape(1, 24, 30);
    FeatureMaps z = plantedCode(shape);
    SparseCode code = infer(image(z, shape), 400, 5, safeStep(image(z, shape)));
    FeatureMaps found = whole(code);
    for (int i = 0; i < z.data().length; i++) {
      if (z.data()[i] != 0) {
        assertThat(found.data()[i])
            .as("entry %d", i)
            .isBetween(0.7f * z.data()[i], 1.1f * z.data()[i]);
      }
    }
    assertThat(code.trace().squaredError() / code.trace().squaredImage()).isLessThan(0.05);
  }

  @ParameterizedTest
  @FieldSource("PENALTIES")
  void agreesWithTheDenseAlgorithmValueForValue(Penalty penalty) {
    agrees(penalty, Shrinkage.PLAIN, new PoolSize(3, 2, 2), 6);
  }

  @ParameterizedTest
  @FieldSource("SHRINKAGES")
  void momentumAndRefitAgreeWithTheDenseAlgorithm(Shrinkage shrinkage) {
    agrees(new L1(1), shrinkage, new PoolSize(3, 2, 2), 6);
    agrees(new L1(1), shrinkage, NO_POOLING, 9);
    agrees(new NonNegativeElasticNet(0.8, 0.3), shrinkage, new PoolSize(2, 2, 1), 6);
  }

  private static void agrees(Penalty penalty, Shrinkage shrinkage, PoolSize pool, int iterations) {
    FeatureMaps y = EngineContract.maps(new Shape(1, 17, 22), new Random(6));
    FeatureMaps z = FeatureMaps.zeros(FILTERS.mapShape(y.shape()));
    FeatureMaps responses = FeatureMaps.zeros(z.shape());
    CodeProblem problem = problem(y.shape(), 4, penalty);
    SparseCode expected = DenseIsta.infer(problem, pool, safeStep(y), iterations, shrinkage, y, z);
    SolverOptions options = SolverOptions.iterations(iterations);
    Ista ista = new Ista(problem, pool, safeStep(y), options, shrinkage, new ScalarArrayKernels());
    SparseCode got = ista.infer(y, responses);
    assertThat(got.trace().objective())
        .isCloseTo(expected.trace().objective(), within(1e-4 * expected.trace().objective()));
    assertThat(got.trace().nonZeros()).isEqualTo(expected.trace().nonZeros()).isPositive();
    assertThat(got.switches().index()).isEqualTo(expected.switches().index());
    for (int i = 0; i < z.data().length; i++) {
      assertThat(responses.data()[i]).isCloseTo(z.data()[i], within(2e-5f));
    }
    for (int i = 0; i < expected.pooled().data().length; i++) {
      assertThat(got.pooled().data()[i]).isCloseTo(expected.pooled().data()[i], within(2e-5f));
    }
  }

  @Test
  void momentumNeedsFewerIterations() {
    FeatureMaps y = plantedImage(new Shape(1, 24, 30));
    for (PoolSize pool : List.of(NO_POOLING, new PoolSize(2, 2, 2))) {
      double plain = objective(y, pool, 40, Shrinkage.PLAIN);
      assertThat(objective(y, pool, 20, new Shrinkage(true, false))).isLessThan(plain);
    }
  }

  private static double objective(FeatureMaps y, PoolSize pool, int iterations, Shrinkage how) {
    SolverOptions options = SolverOptions.iterations(iterations);
    CodeProblem problem = problem(y.shape(), 8, new L1(1));
    return new Ista(problem, pool, safeStep(y), options, how, new ScalarArrayKernels())
        .infer(y)
        .trace()
        .objective();
  }

  @Test
  void noMultipleOfARefittedCodeIsNearer() {
    FeatureMaps y = EngineContract.maps(new Shape(1, 17, 22), new Random(6));
    PoolSize pool = new PoolSize(2, 2, 2);
    CodeProblem problem = problem(y.shape(), 4, new L1(1));
    Ista ista =
        new Ista(
            problem,
            pool,
            safeStep(y),
            SolverOptions.iterations(5),
            new Shrinkage(false, true),
            new ScalarArrayKernels());
    SparseCode code = ista.infer(y);
    FeatureMaps z = whole(code);
    FeatureMaps drawn = image(z, y.shape());
    double along = 0;
    for (int i = 0; i < y.data().length; i++) {
      along += (double) drawn.data()[i] * (drawn.data()[i] - y.data()[i]);
    }
    assertThat(along).isCloseTo(0, within(1e-4 * drawn.squaredNorm()));
    assertThat(code.trace().squaredError())
        .isCloseTo(y.squaredNorm() - drawn.squaredNorm(), within(1e-4 * y.squaredNorm()));
  }

  @Test
  void anImageOfZerosIsRefittedByZeros() {
    FeatureMaps y = FeatureMaps.zeros(new Shape(1, 17, 22));
    SparseCode code =
        new Ista(
                problem(y.shape(), 4, new L1(1)),
                NO_POOLING,
                0.1,
                SolverOptions.iterations(3),
                new Shrinkage(true, true),
                new ScalarArrayKernels())
            .infer(y);
    assertThat(code.pooled().data()).containsOnly(0);
  }

  @Test
  void oneWorkspaceServesImageAfterImage() {
    FeatureMaps one = plantedImage(new Shape(1, 17, 22));
    FeatureMaps two = EngineContract.maps(one.shape(), new Random(8));
    Ista ista =
        ista(
            problem(one.shape(), 4, new L1(1)),
            new PoolSize(2, 2, 2),
            safeStep(one),
            SolverOptions.iterations(5));
    float[] first = ista.infer(one).pooled().data();
    ista.infer(two);
    assertThat(ista.infer(one).pooled().data()).isEqualTo(first);
  }

  @Test
  void anEarlierCodeIsWhereItGoesOnFrom() {
    FeatureMaps y = plantedImage(new Shape(1, 17, 22));
    CodeProblem problem = problem(y.shape(), 4, new L1(1));
    for (PoolSize pool : List.of(NO_POOLING, new PoolSize(2, 3, 2))) {
      FeatureMaps whole =
          whole(ista(problem, pool, safeStep(y), SolverOptions.iterations(7)).infer(y));
      FeatureMaps z = FeatureMaps.zeros(whole.shape());
      ista(problem, pool, safeStep(y), SolverOptions.iterations(3)).solve(y, z);
      assertThat(z.data()).isNotEqualTo(whole.data());
      CodeTrace trace = ista(problem, pool, safeStep(y), SolverOptions.iterations(4)).solve(y, z);
      assertThat(z.data()).isEqualTo(whole.data());
      assertThat(trace.nonZeros()).isEqualTo(z.nonZeros()).isPositive();
    }
  }

  @Test
  void aListenerHearsOfEveryIterationAndChangesNothing() {
    FeatureMaps y = plantedImage(new Shape(1, 17, 22));
    CodeProblem problem = problem(y.shape(), 4, new L1(1));
    List<double[]> heard = new ArrayList<>();
    SolverOptions options =
        SolverOptions.iterations(6)
            .withListener(
                (i, data, sparsity, step) -> heard.add(new double[] {i, data, sparsity, step}));
    SparseCode silent =
        ista(problem, NO_POOLING, safeStep(y), SolverOptions.iterations(6)).infer(y);
    SparseCode got = ista(problem, NO_POOLING, safeStep(y), options).infer(y);
    assertThat(got.pooled().data()).isEqualTo(silent.pooled().data());
    assertThat(heard).extracting(row -> row[0]).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    assertThat(heard.get(0)[1]).isCloseTo(2 * y.squaredNorm(), within(1e-6));
    assertThat(heard.get(0)[2]).isZero();
    assertThat(heard.get(6)[1]).isEqualTo(got.trace().dataTerm());
    assertThat(heard.get(6)[2]).isEqualTo(got.trace().sparsity());
    assertThat(heard.get(6)[3]).isEqualTo((float) safeStep(y));
  }

  @Test
  void endsWhereTheObjectiveHardlyChanges() {
    FeatureMaps y = plantedImage(new Shape(1, 17, 22));
    CodeProblem problem = problem(y.shape(), 4, new L1(1));
    List<Integer> heard = new ArrayList<>();
    SolverOptions options =
        SolverOptions.iterations(500)
            .withTolerance(1e-3)
            .withListener((i, data, sparsity, step) -> heard.add(i));
    SparseCode got = ista(problem, NO_POOLING, safeStep(y), options).infer(y);
    int done = heard.get(heard.size() - 1);
    assertThat(done).isBetween(3, 200);
    SparseCode same = infer(y, done, 4, safeStep(y));
    assertThat(got.pooled().data()).isEqualTo(same.pooled().data());
    double before = infer(y, done - 1, 4, safeStep(y)).trace().objective();
    double earlier = infer(y, done - 2, 4, safeStep(y)).trace().objective();
    assertThat(before - got.trace().objective()).isLessThanOrEqualTo(1e-3 * before);
    assertThat(earlier - before).isGreaterThan(1e-3 * before);
    assertThatThrownBy(() -> options.withTolerance(1)).hasMessageContaining("tolerance: expected");
  }

  @Test
  void guardShortensAStepThatIsTooLong() {
    FeatureMaps y = plantedImage(new Shape(1, 17, 22));
    double guarded = infer(y, 30, 8, safeStep(y) * 3).trace().objective();
    double safe = infer(y, 30, 8, safeStep(y)).trace().objective();
    assertThat(guarded).isLessThan(safe * 1.1);
  }

  @Test
  void operatorNormMatchesADenseEigenvalue() {
    // One 1x1 filter on one channel: R is a multiple of the identity.
    FilterBank f = FilterBank.of(Connectivity.full(1, 1), 1, new float[] {3});
    Synthesis a = new Synthesis(new ScalarConvolutionEngine(), f, new Shape(1, 4, 5));
    assertThat(OperatorNorm.estimate(a, 1)).isBetween(8.999, 9.001);
  }

  @Test
  void notANumberStopsWithLayerAndIteration() {
    FeatureMaps y = FeatureMaps.zeros(new Shape(1, 9, 9));
    y.data()[3] = Float.NaN;
    assertThatThrownBy(() -> infer(y, 3, 1, 0.1))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageContaining("layer 1, ISTA iteration 1");
  }

  private static SparseCode infer(FeatureMaps y, int iterations, double lambda, double step) {
    SolverOptions options = SolverOptions.iterations(iterations);
    return ista(problem(y.shape(), lambda, new L1(1)), NO_POOLING, step, options).infer(y);
  }

  private static Ista ista(CodeProblem problem, PoolSize pool, double step, SolverOptions options) {
    return new Ista(problem, pool, step, options, new ScalarArrayKernels());
  }

  private static CodeProblem problem(Shape image, double lambda, Penalty penalty) {
    return new CodeProblem("layer 1", synthesis(image), lambda, penalty);
  }

  private static Synthesis synthesis(Shape image) {
    return new Synthesis(new ScalarConvolutionEngine(), FILTERS, image);
  }

  private static double safeStep(FeatureMaps y) {
    return 0.9 / OperatorNorm.estimate(synthesis(y.shape()), 1);
  }

  private static FeatureMaps plantedImage(Shape shape) {
    return image(plantedCode(shape), shape);
  }

  private static FeatureMaps image(FeatureMaps z, Shape shape) {
    FeatureMaps y = FeatureMaps.zeros(shape);
    synthesis(shape).apply(z, y);
    return y;
  }

  private static FeatureMaps plantedCode(Shape shape) {
    FeatureMaps z = FeatureMaps.zeros(FILTERS.mapShape(shape));
    Random random = new Random(9);
    for (int spike = 0; spike < 6; spike++) {
      int row = 8 + 8 * (spike / 3);
      int column = 6 + 8 * (spike % 3);
      z.set(spike, row, column, 2 + random.nextFloat());
    }
    return z;
  }

  private static FeatureMaps whole(SparseCode code) {
    FeatureMaps z = FeatureMaps.zeros(code.switches().unpooled());
    code.switches().unpool(code.pooled(), z);
    return z;
  }
}
