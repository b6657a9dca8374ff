package org.deconvnet.network.deconvolutional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.penalty.PowerShrinkage;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
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
    DeconvolutionalLayer layer(double lambda) {
      return new DeconvolutionalLayer(
          FilterInitializer.gaussian(connectivity, side, 3), lambda, 0.7, alpha);
    }

    /** Odd, not square. */
    FeatureMaps image() {
      return EngineContract.maps(new Shape(connectivity.channels(), 13, 18), new Random(6));
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void agreesWithDoublePrecisionValueForValue(Table table) {
    DeconvolutionalLayer layer = table.layer(3);
    FeatureMaps y = table.image();
    FeatureMaps z = FeatureMaps.zeros(layer.mapShape(y.shape()));
    DenseHqs oracle = new DenseHqs(layer, y, z);
    HalfQuadraticSplitting hqs = solver(layer, BetaSchedule.standard(), y.shape());
    for (int epoch = 1; epoch <= 2; epoch++) {
      HqsTrace trace = hqs.infer(y, z);
      oracle.infer(BetaSchedule.standard());
      for (int i = 0; i < oracle.z.length; i++) {
        assertThat((double) z.data()[i]).as("z %d", i).isCloseTo(oracle.z[i], within(2e-5));
        assertThat((double) hqs.sparse().data()[i])
            .as("x %d", i)
            .isCloseTo(oracle.x[i], within(2e-4));
      }
      double squaredError = oracle.squaredError(oracle.z);
      assertThat(trace.squaredError()).isCloseTo(squaredError, within(1e-4 * squaredError));
      assertThat(trace.dataTerm()).isEqualTo(3.0 / 2 * trace.squaredError());
      double sparsity = oracle.sparsity(DenseHqs.doubles(z.data()));
      assertThat(trace.sparsity()).isCloseTo(sparsity, within(1e-7 * sparsity));
      double sparse = oracle.sparsity(DenseHqs.doubles(hqs.sparse().data()));
      assertThat(trace.sparseSparsity()).isCloseTo(sparse, within(1e-7 * sparse));
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void everyStepLowersTheAugmentedObjectiveOfItsBeta(Table table) {
    DeconvolutionalLayer layer = table.layer(3);
    FeatureMaps y = table.image();
    FeatureMaps z = FeatureMaps.zeros(layer.mapShape(y.shape()));
    DenseHqs objective = new DenseHqs(layer, y, z);
    PowerShrinkage shrinkage = new PowerShrinkage(layer.kappa(), layer.alpha());
    float[] x = new float[z.data().length];
    for (double beta : BetaSchedule.standard().betas()) {
      double last = objective.augmented(z.data(), x, beta);
      shrinkage.shrink(z.data(), beta, x);
      last = lower(last, objective.augmented(z.data(), x, beta), "x", beta);
      for (int steps = 1; steps <= 3; steps++) {
        FeatureMaps reached = z.copy();
        BetaSchedule one = BetaSchedule.of(beta).withCgSteps(steps);
        HalfQuadraticSplitting hqs = solver(layer, one, y.shape());
        hqs.infer(y, reached);
        assertThat(hqs.sparse().data()).isEqualTo(x);
        last = lower(last, objective.augmented(reached.data(), x, beta), "z " + steps, beta);
      }
      solver(layer, BetaSchedule.of(beta), y.shape()).infer(y, z);
    }
  }

  private static double lower(double last, double now, String step, double beta) {
    assertThat(now).as("step %s at beta %s", step, beta).isLessThanOrEqualTo(last * (1 + 1e-6));
    return now;
  }

  @Test
  void plantedSpikesAreFoundAndReconstructTheImage() {
    DeconvolutionalLayer layer = new DeconvolutionalLayer(FULL.layer(1).filters(), 20, 0.5, 0.8);
    Shape image = new Shape(1, 23, 30);
    FeatureMaps planted = FeatureMaps.zeros(layer.mapShape(image));
    for (int spike = 0; spike < 6; spike++) {
      planted.set(spike, 8 + 8 * (spike / 3), 6 + 8 * (spike % 3), 2 + spike * 0.1f);
    }
    FeatureMaps y = FeatureMaps.zeros(image);
    new ScalarConvolutionEngine().synthesize(layer.filters(), planted, y);
    FeatureMaps z = FeatureMaps.zeros(planted.shape());
    // Ten times β a round would fix the support long before it is found.
    BetaSchedule slow = BetaSchedule.geometric(1, 1.3, 45, 2, 1e-6);
    HalfQuadraticSplitting hqs = solver(layer, slow, image);
    hqs.infer(y, z);
    hqs.infer(y, z);
    HqsTrace trace = hqs.infer(y, z);
    assertThat(trace.relativeError()).isLessThan(0.05);
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
      DeconvolutionalLayer layer = COLOUR.layer(lambda);
      FeatureMaps z = FeatureMaps.zeros(layer.mapShape(y.shape()));
      BetaSchedule patient = BetaSchedule.standard().withCgSteps(40);
      double error = solver(layer, patient, y.shape()).infer(y, z).relativeError();
      assertThat(error).as("lambda %s", lambda).isLessThan(last / 2);
      last = error;
    }
    assertThat(last).isLessThan(0.002);
  }

  @Test
  void zeroImageHasAZeroCode() {
    DeconvolutionalLayer layer = FULL.layer(3);
    FeatureMaps y = FeatureMaps.zeros(new Shape(1, 9, 12));
    FeatureMaps z = FeatureMaps.zeros(layer.mapShape(y.shape()));
    HqsTrace trace = solver(layer, BetaSchedule.standard(), y.shape()).infer(y, z);
    assertThat(z.data()).containsOnly(0);
    assertThat(trace.objective()).isZero();
    assertThat(trace.relativeError()).isZero();
    assertThat(trace.density()).isZero();
  }

  @Test
  void goingOnFromACodeLowersTheObjective() {
    for (Table table : TABLES) {
      DeconvolutionalLayer layer = table.layer(3);
      FeatureMaps y = table.image();
      FeatureMaps z = FeatureMaps.zeros(layer.mapShape(y.shape()));
      HalfQuadraticSplitting hqs = solver(layer, BetaSchedule.standard(), y.shape());
      double first = hqs.infer(y, z).objective();
      for (int epoch = 2; epoch <= 5; epoch++) {
        assertThat(hqs.infer(y, z).objective())
            .as("%s, epoch %d", table.name(), epoch)
            .isLessThan(first);
      }
    }
  }

  @Test
  void oneWorkspaceServesImageAfterImage() {
    DeconvolutionalLayer layer = COLOUR.layer(3);
    FeatureMaps one = COLOUR.image();
    FeatureMaps two = EngineContract.maps(one.shape(), new Random(8));
    HalfQuadraticSplitting hqs = solver(layer, BetaSchedule.standard(), one.shape());
    FeatureMaps first = FeatureMaps.zeros(layer.mapShape(one.shape()));
    HqsTrace trace = hqs.infer(one, first);
    hqs.infer(two, FeatureMaps.zeros(first.shape()));
    FeatureMaps again = FeatureMaps.zeros(first.shape());
    assertThat(hqs.infer(one, again)).isEqualTo(trace);
    assertThat(again.data()).isEqualTo(first.data());
  }

  @Test
  void aRoundEndsWhereTheResidualIsSmallEnough() {
    DeconvolutionalLayer layer = FULL.layer(3);
    FeatureMaps y = FULL.image();
    FeatureMaps z = FeatureMaps.zeros(layer.mapShape(y.shape()));
    Arrays.fill(z.data(), 0.25f);
    solver(layer, BetaSchedule.geometric(1, 10, 6, 2, 1e9), y.shape()).infer(y, z);
    assertThat(z.data()).containsOnly(0.25f);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void pixelsThatAreNotFiniteAreNamed(float bad) {
    FeatureMaps y = COLOUR.image();
    y.set(2, 4, 5, bad);
    DeconvolutionalLayer layer = COLOUR.layer(3);
    FeatureMaps z = FeatureMaps.zeros(layer.mapShape(y.shape()));
    assertThatThrownBy(() -> solver(layer, BetaSchedule.standard(), y.shape()).infer(y, z))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image: expected finite numbers, got " + bad)
        .hasMessageContaining("at map 2, row 4, column 5");
  }

  @Test
  void numbersThatStopBeingFiniteAreNamedWithLayerAndBeta() {
    FeatureMaps y = FULL.image();
    DeconvolutionalLayer layer = FULL.layer(3);
    FeatureMaps z = FeatureMaps.zeros(layer.mapShape(y.shape()));
    z.data()[7] = Float.NaN;
    BetaSchedule schedule = BetaSchedule.of(2, 20);
    HalfQuadraticSplitting hqs =
        new HalfQuadraticSplitting(new ScalarConvolutionEngine(), layer, schedule, y.shape(), 3);
    assertThatThrownBy(() -> hqs.infer(y, z))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageContaining("layer 3, half-quadratic splitting at beta 2.0")
        .hasMessageContaining("got NaN");
  }

  @Test
  void imagesAndCodesThatDoNotFitAreNamed() {
    DeconvolutionalLayer layer = FULL.layer(3);
    BetaSchedule schedule = BetaSchedule.standard();
    assertThatThrownBy(() -> solver(layer, schedule, new Shape(1, 9, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer 1: expected an image of at least the filters' 5 x 5, got 9 x 4");
    assertThatThrownBy(() -> solver(layer, schedule, new Shape(2, 9, 9)))
        .hasMessageContaining("channels: expected 1, got 2");
    HalfQuadraticSplitting hqs = solver(layer, schedule, new Shape(1, 9, 9));
    FeatureMaps y = FeatureMaps.zeros(new Shape(1, 9, 9));
    assertThatThrownBy(() -> hqs.infer(y, FeatureMaps.zeros(new Shape(6, 9, 9))))
        .hasMessage("code: expected shape 6x13x13, got 6x9x9");
  }

  private static HalfQuadraticSplitting solver(
      DeconvolutionalLayer layer, BetaSchedule schedule, Shape image) {
    return new HalfQuadraticSplitting(new ScalarConvolutionEngine(), layer, schedule, image);
  }
}
