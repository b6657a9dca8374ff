package org.deconvnet.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.operator.Synthesis;
import org.deconvnet.penalty.Penalty;
import org.deconvnet.penalty.Power;
import org.deconvnet.solve.reference.DenseHqs;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class HalfQuadraticSplittingTest {
  private static final Table FULL = new Table("full", Connectivity.full(6, 1), 5, 0.8);
  private static final Table COLOUR = new Table("colour", Connectivity.full(4, 3), 3, 0.8);
  private static final List<Table> TABLES =
      List.of(
          FULL,
          COLOUR,
          new Table("singles and pairs", Connectivity.singlesAndPairs(4), 3, 0.5),
          new Table("random pairs", Connectivity.randomPairs(5, 6, 2), 4, 1));

  private record Table(String name, Connectivity connectivity, int side, double alpha) {
    Layer layer(double lambda) {
      return new Layer(FilterInitializer.gaussian(connectivity, side, 3), lambda, 0.7, alpha);
    }

    /** Odd, not square. */
    FeatureMaps image() {
      return EngineContract.maps(new Shape(connectivity.channels(), 13, 18), new Random(6));
    }
  }

  private record Layer(FilterBank filters, double lambda, double kappa, double alpha) {
    Penalty penalty() {
      return new Power(kappa, alpha);
    }

    CodeProblem problem(Shape image) {
      LinearMap map = new Synthesis(new ScalarConvolutionEngine(), filters, image);
      return new CodeProblem("layer 3", map, lambda, penalty());
    }

    DenseHqs dense(FeatureMaps y, FeatureMaps z) {
      return new DenseHqs(filters, lambda, kappa, alpha, y, z);
    }

    FeatureMaps noCode(FeatureMaps y) {
      return FeatureMaps.zeros(filters.mapShape(y.shape()));
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void agreesWithDoublePrecisionValueForValue(Table table) {
    Layer layer = table.layer(3);
    FeatureMaps y = table.image();
    FeatureMaps z = layer.noCode(y);
    DenseHqs oracle = layer.dense(y, z);
    HalfQuadraticSplitting hqs = solver(layer, BetaSchedule.standard(), y.shape());
    for (int epoch = 1; epoch <= 2; epoch++) {
      CodeTrace trace = hqs.solve(y, z);
      oracle.pass(BetaSchedule.standard());
      for (int i = 0; i < oracle.z().length; i++) {
        assertThat((double) z.data()[i]).as("z %d", i).isCloseTo(oracle.z()[i], within(2e-5));
        assertThat((double) hqs.sparse().data()[i])
            .as("x %d", i)
            .isCloseTo(oracle.x()[i], within(2e-4));
      }
      double squaredError = oracle.squaredError(oracle.z());
      assertThat(trace.squaredError()).isCloseTo(squaredError, within(1e-4 * squaredError));
      assertThat(trace.dataTerm()).isEqualTo(3.0 / 2 * trace.squaredError());
      double sparsity = oracle.sparsity(DenseHqs.doubles(z.data()));
      assertThat(trace.sparsity()).isCloseTo(sparsity, within(1e-7 * sparsity));
      double sparse = oracle.sparsity(DenseHqs.doubles(hqs.sparse().data()));
      assertThat(layer.penalty().value(hqs.sparse().data()))
          .isCloseTo(sparse, within(1e-7 * sparse));
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void everyStepLowersTheAugmentedObjectiveOfItsBeta(Table table) {
    Layer layer = table.layer(3);
    FeatureMaps y = table.image();
    FeatureMaps z = layer.noCode(y);
    DenseHqs objective = layer.dense(y, z);
    float[] x = new float[z.data().length];
    for (double beta : BetaSchedule.standard().betas()) {
      double last = augmented(objective, layer, z.data(), x, beta);
      layer.penalty().proximal(1, beta).apply(z.data(), 1, x);
      last = lower(last, augmented(objective, layer, z.data(), x, beta), "x", beta);
      for (int steps = 1; steps <= 3; steps++) {
        FeatureMaps reached = z.copy();
        BetaSchedule one = BetaSchedule.of(beta).withCgSteps(steps);
        HalfQuadraticSplitting hqs = solver(layer, one, y.shape());
        hqs.solve(y, reached);
        assertThat(hqs.sparse().data()).isEqualTo(x);
        last =
            lower(last, augmented(objective, layer, reached.data(), x, beta), "z " + steps, beta);
      }
      solver(layer, BetaSchedule.of(beta), y.shape()).solve(y, z);
    }
  }

  /** λ/2 ‖F z − y‖² + β/2 ‖z − x‖² + κ Σ|x|^α. */
  private static double augmented(
      DenseHqs objective, Layer layer, float[] dense, float[] sparse, double beta) {
    double apart = 0;
    for (int i = 0; i < dense.length; i++) {
      apart += Math.pow((double) dense[i] - sparse[i], 2);
    }
    return layer.lambda() / 2 * objective.squaredError(DenseHqs.doubles(dense))
        + beta / 2 * apart
        + objective.sparsity(DenseHqs.doubles(sparse));
  }

  private static double lower(double last, double now, String step, double beta) {
    assertThat(now).as("step %s at beta %s", step, beta).isLessThanOrEqualTo(last * (1 + 1e-6));
    return now;
  }

  @Test
  void plantedSpikesAreFoundAndReconstructTheImage() {
    Layer layer = new Layer(FULL.layer(1).filters(), 20, 0.5, 0.8);
    Shape image = new Shape(1, 23, 30);
    FeatureMaps planted = FeatureMaps.zeros(layer.filters().mapShape(image));
    for (int spike = 0; spike < 6; spike++) {
      planted.set(spike, 8 + 8 * (spike / 3), 6 + 8 * (spike % 3), 2 + spike * 0.1f);
    }
    FeatureMaps y = FeatureMaps.zeros(image);
    new ScalarConvolutionEngine().synthesize(layer.filters(), planted, y);
    FeatureMaps z = FeatureMaps.zeros(planted.shape());
    // Ten times β a round would fix the support long before it is found.
    BetaSchedule slow = BetaSchedule.geometric(1, 1.3, 45, 2, 1e-6);
    HalfQuadraticSplitting hqs = solver(layer, slow, image);
    hqs.solve(y, z);
    hqs.solve(y, z);
    CodeTrace trace = hqs.solve(y, z);
    assertThat(relativeError(trace)).isLessThan(0.05);
    assertThat(trace.nonZeros()).isEqualTo(6);
    for (int i = 0; i < planted.data().length; i++) {
      float spike = planted.data()[i];
      assertThat(hqs.sparse().data()[i]).as("entry %d", i).isBetween(spike - 0.15f, spike + 0.15f);
    }
  }

  @Test
  void errorVanishesAsLambdaGrows() {
    FeatureMaps y = COLOUR.image();
    double last = 2;
    for (double lambda : new double[] {1, 10, 100, 1000}) {
      Layer layer = COLOUR.layer(lambda);
      FeatureMaps z = layer.noCode(y);
      BetaSchedule patient = BetaSchedule.standard().withCgSteps(40);
      double error = relativeError(solver(layer, patient, y.shape()).solve(y, z));
      assertThat(error).as("lambda %s", lambda).isLessThan(last / 2);
      last = error;
    }
    assertThat(last).isLessThan(0.002);
  }

  @Test
  void zeroImageHasAZeroCode() {
    Layer layer = FULL.layer(3);
    FeatureMaps y = FeatureMaps.zeros(new Shape(1, 9, 12));
    FeatureMaps z = layer.noCode(y);
    CodeTrace trace = solver(layer, BetaSchedule.standard(), y.shape()).solve(y, z);
    assertThat(z.data()).containsOnly(0);
    assertThat(trace.objective()).isZero();
    assertThat(trace.nonZeros()).isZero();
  }

  @Test
  void goingOnFromACodeLowersTheObjective() {
    for (Table table : TABLES) {
      Layer layer = table.layer(3);
      FeatureMaps y = table.image();
      FeatureMaps z = layer.noCode(y);
      HalfQuadraticSplitting hqs = solver(layer, BetaSchedule.standard(), y.shape());
      double first = hqs.solve(y, z).objective();
      for (int epoch = 2; epoch <= 5; epoch++) {
        assertThat(hqs.solve(y, z).objective())
            .as("%s, epoch %d", table.name(), epoch)
            .isLessThan(first);
      }
    }
  }

  @Test
  void oneWorkspaceServesImageAfterImage() {
    Layer layer = COLOUR.layer(3);
    FeatureMaps one = COLOUR.image();
    FeatureMaps two = EngineContract.maps(one.shape(), new Random(8));
    HalfQuadraticSplitting hqs = solver(layer, BetaSchedule.standard(), one.shape());
    FeatureMaps first = layer.noCode(one);
    CodeTrace trace = hqs.solve(one, first);
    hqs.solve(two, FeatureMaps.zeros(first.shape()));
    FeatureMaps again = FeatureMaps.zeros(first.shape());
    assertThat(hqs.solve(one, again)).isEqualTo(trace);
    assertThat(again.data()).isEqualTo(first.data());
  }

  @Test
  void aRoundEndsWhereTheResidualIsSmallEnough() {
    Layer layer = FULL.layer(3);
    FeatureMaps y = FULL.image();
    FeatureMaps z = layer.noCode(y);
    Arrays.fill(z.data(), 0.25f);
    solver(layer, BetaSchedule.geometric(1, 10, 6, 2, 1e9), y.shape()).solve(y, z);
    assertThat(z.data()).containsOnly(0.25f);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void pixelsThatAreNotFiniteAreNamed(float bad) {
    FeatureMaps y = COLOUR.image();
    y.set(2, 4, 5, bad);
    Layer layer = COLOUR.layer(3);
    FeatureMaps z = layer.noCode(y);
    assertThatThrownBy(() -> solver(layer, BetaSchedule.standard(), y.shape()).solve(y, z))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image: expected finite numbers, got " + bad)
        .hasMessageContaining("at map 2, row 4, column 5");
  }

  @Test
  void numbersThatStopBeingFiniteAreNamedWithLayerAndBeta() {
    FeatureMaps y = FULL.image();
    Layer layer = FULL.layer(3);
    FeatureMaps z = layer.noCode(y);
    z.data()[7] = Float.NaN;
    BetaSchedule schedule = BetaSchedule.of(2, 20);
    HalfQuadraticSplitting hqs = solver(layer, schedule, y.shape());
    assertThatThrownBy(() -> hqs.solve(y, z))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageContaining("layer 3, half-quadratic splitting at beta 2.0")
        .hasMessageContaining("got NaN");
  }

  @Test
  void imagesAndCodesThatDoNotFitAreNamed() {
    Layer layer = FULL.layer(3);
    BetaSchedule schedule = BetaSchedule.standard();
    assertThatThrownBy(() -> solver(layer, schedule, new Shape(2, 9, 9)))
        .hasMessageContaining("channels: expected 1, got 2");
    HalfQuadraticSplitting hqs = solver(layer, schedule, new Shape(1, 9, 9));
    FeatureMaps y = FeatureMaps.zeros(new Shape(1, 9, 9));
    assertThatThrownBy(() -> hqs.solve(y, FeatureMaps.zeros(new Shape(6, 9, 9))))
        .hasMessage("code: expected shape 6x13x13, got 6x9x9");
  }

  @Test
  void passesGoOnFromEachOtherAndAreHeardOfRoundByRound() {
    Layer layer = COLOUR.layer(3);
    FeatureMaps y = COLOUR.image();
    BetaSchedule schedule = BetaSchedule.of(1, 10);
    HalfQuadraticSplitting once = solver(layer, schedule, y.shape());
    FeatureMaps expected = layer.noCode(y);
    once.solve(y, expected);
    CodeTrace trace = once.solve(y, expected);
    List<double[]> heard = new ArrayList<>();
    SolverOptions options =
        SolverOptions.iterations(2)
            .withListener(
                (i, data, sparsity, beta) -> heard.add(new double[] {i, data, sparsity, beta}));
    FeatureMaps z = layer.noCode(y);
    HalfQuadraticSplitting twice =
        new HalfQuadraticSplitting(layer.problem(y.shape()), schedule, options);
    assertThat(twice.solve(y, z)).isEqualTo(trace);
    assertThat(z.data()).isEqualTo(expected.data());
    assertThat(heard).extracting(row -> row[0]).containsExactly(1.0, 2.0, 3.0, 4.0);
    assertThat(heard).extracting(row -> row[3]).containsExactly(1.0, 10.0, 1.0, 10.0);
    assertThat(heard.get(3)[1]).isEqualTo(trace.dataTerm());
    assertThat(heard.get(3)[2]).isEqualTo(layer.penalty().value(twice.sparse().data()));
  }

  @Test
  void passesEndWhereTheObjectiveHardlyChanges() {
    Layer layer = COLOUR.layer(3);
    FeatureMaps y = COLOUR.image();
    List<Integer> heard = new ArrayList<>();
    SolverOptions options =
        SolverOptions.iterations(300)
            .withTolerance(1e-3)
            .withListener((i, data, sparsity, beta) -> heard.add(i));
    BetaSchedule schedule = BetaSchedule.of(5);
    new HalfQuadraticSplitting(layer.problem(y.shape()), schedule, options)
        .solve(y, layer.noCode(y));
    assertThat(heard.size()).isBetween(3, 299);
  }

  private static double relativeError(CodeTrace trace) {
    return Math.sqrt(trace.squaredError() / trace.squaredImage());
  }

  private static HalfQuadraticSplitting solver(Layer layer, BetaSchedule schedule, Shape image) {
    return new HalfQuadraticSplitting(layer.problem(image), schedule, SolverOptions.iterations(1));
  }
}
