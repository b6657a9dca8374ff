package org.deconvnet.solve.greedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.operator.Boundary;
import org.deconvnet.penalty.Proximal;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.CodeProblem;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.Fista;
import org.deconvnet.solve.OperatorNorm;
import org.deconvnet.solve.SolverOptions;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocallyGreedyDescentTest {
  /** Every boundary, grey and colour, odd and non-square, with and without a mask, both signs. */
  record Case(Boundary boundary, Shape image, int side, boolean masked, boolean nonNegative) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Boundary boundary : Boundary.values()) {
      for (boolean masked : new boolean[] {false, true}) {
        cases.add(new Case(boundary, new Shape(1, 17, 23), 4, masked, false));
        cases.add(new Case(boundary, new Shape(3, 12, 7), 3, masked, true));
      }
      cases.add(new Case(boundary, new Shape(1, 5, 5), 5, false, false));
      cases.add(new Case(boundary, new Shape(1, 9, 30), 1, false, false));
    }
    return cases;
  }

  private static Scene scene(Case c) {
    return Scene.of(5, c.side, c.boundary, c.image, c.masked, 7);
  }

  private static WeightedL1 penalty(Case c) {
    double[] kappas = {0.5, 0.4, 0.6, 0.5, 0.7};
    return new WeightedL1(kappas, c.nonNegative);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theCodeIsAtRest(Case c) {
    Scene scene = scene(c);
    WeightedL1 penalty = penalty(c);
    CodedImage coded =
        scene
            .descent(penalty, 1e-4)
            .code(scene.image(), scene.mask(), SparseMaps.zeros(scene.code()));
    FeatureMaps z = coded.code().dense();
    FeatureMaps gradient = scene.gradient(z);
    Proximal step = penalty.proximal(1, 1);
    FeatureMaps moved = FeatureMaps.zeros(z.shape());
    for (int i = 0; i < z.data().length; i++) {
      moved.data()[i] = z.data()[i] + gradient.data()[i];
    }
    step.apply(moved.data(), 1, moved.data());
    for (int i = 0; i < z.data().length; i++) {
      assertThat(moved.data()[i]).isCloseTo(z.data()[i], within(1e-4f));
      assertThat(c.nonNegative && z.data()[i] < 0).isFalse();
    }
    assertThat(coded.certificate().settled()).isTrue();
    assertThat(coded.certificate().largestMove()).isLessThanOrEqualTo(0.7 * 1e-4 + 1e-9);
    assertThat(coded.code().entries()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fistaComesToTheSameObjective(Case c) {
    Scene scene = scene(c);
    WeightedL1 penalty = penalty(c);
    CodedImage coded =
        scene
            .descent(penalty, 1e-4)
            .code(scene.image(), scene.mask(), SparseMaps.zeros(scene.code()));
    CodeProblem problem = new CodeProblem("test", scene.map(), 1, penalty);
    double step = 0.9 / OperatorNorm.estimate(problem.map(), 3);
    FeatureMaps z = FeatureMaps.zeros(scene.code());
    CodeTrace fista =
        new Fista(problem, step, SolverOptions.iterations(600)).solve(scene.seen(), z);
    double objective = coded.trace().objective();
    assertThat(objective).isCloseTo(fista.objective(), within(1e-5 * fista.objective()));
    assertThat(coded.certificate().gap()).isBetween(-1e-5 * objective, 1e-3 * objective);
    // No code is better by more than the gap, so the bound lies below any solver's objective.
    assertThat(objective - coded.certificate().gap())
        .isLessThanOrEqualTo(fista.objective() * (1 + 1e-6));
  }

  @Test
  void theGapBoundsWhatIsLeftToGainFromAnyCode() {
    Scene scene = Scene.of(6, 4, Boundary.CIRCULAR, new Shape(1, 20, 20), false, 1);
    WeightedL1 penalty = WeightedL1.alike(6, 0.3);
    double least = coded(scene, penalty, 1e-5).trace().objective();
    for (double tolerance : new double[] {0.5, 0.1, 0.02}) {
      CodedImage rough = coded(scene, penalty, tolerance);
      assertThat(rough.trace().objective()).isGreaterThan(least);
      assertThat(rough.trace().objective() - rough.certificate().gap()).isLessThanOrEqualTo(least);
    }
  }

  private static CodedImage coded(Scene scene, WeightedL1 penalty, double tolerance) {
    return scene.descent(penalty, tolerance).code(scene.image(), SparseMaps.zeros(scene.code()));
  }

  @Test
  void aWarmStartSettlesAtOnceAndAnotherImageForgetsIt() {
    Scene scene = Scene.of(6, 4, Boundary.FULL, new Shape(1, 20, 18), false, 2);
    LocallyGreedyDescent descent = scene.descent(WeightedL1.alike(6, 0.5), 1e-3);
    CodedImage cold = descent.code(scene.image(), SparseMaps.zeros(scene.code()));
    CodedImage warm = descent.code(scene.image(), cold.code());
    assertThat(warm.certificate().changes()).isLessThan(cold.certificate().changes() / 20);
    Scene other = Scene.of(6, 4, Boundary.FULL, new Shape(1, 15, 29), false, 3);
    descent.code(other.image(), SparseMaps.zeros(other.code()));
    CodedImage again = descent.code(scene.image(), SparseMaps.zeros(scene.code()));
    assertThat(again).isEqualTo(cold);
  }

  @Test
  void aboveLambdaMaxTheCodeIsZero() {
    Scene scene = Scene.of(4, 3, Boundary.VALID, new Shape(1, 11, 13), true, 4);
    float most = 0;
    for (float g : scene.gradient(FeatureMaps.zeros(scene.code())).data()) {
      most = Math.max(most, Math.abs(g));
    }
    CodedImage above =
        scene
            .descent(WeightedL1.alike(4, most * 1.0001), 1e-3)
            .code(scene.image(), scene.mask(), SparseMaps.zeros(scene.code()));
    assertThat(above.code().entries()).isZero();
    assertThat(above.certificate().changes()).isZero();
    assertThat(above.certificate().gap()).isCloseTo(0, within(1e-4 * above.trace().objective()));
    CodedImage below =
        scene
            .descent(WeightedL1.alike(4, most * 0.99), 1e-3)
            .code(scene.image(), scene.mask(), SparseMaps.zeros(scene.code()));
    assertThat(below.code().entries()).isPositive();
  }

  @Test
  void plantedCodesAreFound() {
    Random random = new Random(5);
    FilterBank filters = Scene.filters(8, 1, 6, random);
    for (Boundary boundary : Boundary.values()) {
      Scene empty = new Scene(filters, boundary, FeatureMaps.zeros(new Shape(1, 48, 40)), null);
      FeatureMaps planted = FeatureMaps.zeros(empty.code());
      for (int n = 0; n < 30; n++) {
        planted.data()[random.nextInt(planted.data().length)] = random.nextBoolean() ? 3 : -3;
      }
      empty.map().apply(planted, empty.image());
      CodedImage coded = coded(empty, WeightedL1.alike(8, 0.01), 1e-3);
      FeatureMaps found = coded.code().dense();
      assertThat(found.squaredDistance(planted)).isLessThan(0.01 * planted.squaredNorm());
    }
  }

  @Test
  void aFreeMapTakesWhatItExplainsAndLeavesNoBound() {
    Scene scene = Scene.of(3, 3, Boundary.FULL, new Shape(1, 9, 9), false, 6);
    WeightedL1 penalty = new WeightedL1(new double[] {0, 0.5, 0.5}, false);
    CodedImage coded = coded(scene, penalty, 1e-3);
    FeatureMaps gradient = scene.gradient(coded.code().dense());
    for (int i = 0; i < gradient.shape().plane(); i++) {
      assertThat(gradient.data()[i]).isCloseTo(0, within(1e-3f));
    }
    assertThat(coded.certificate().gap()).isInfinite();
  }

  @Test
  void theLimitOfChangesStopsItAndIsTold() {
    Scene scene = Scene.of(6, 4, Boundary.CIRCULAR, new Shape(1, 20, 20), false, 1);
    LocallyGreedyDescent descent =
        new LocallyGreedyDescent(
            scene.filters(),
            Boundary.CIRCULAR,
            WeightedL1.alike(6, 0.1),
            new DescentOptions(1e-3, 0.1),
            Scene.ENGINE);
    CodedImage coded = descent.code(scene.image(), SparseMaps.zeros(scene.code()));
    assertThat(coded.certificate().changes()).isEqualTo(40);
    assertThat(coded.certificate().settled()).isFalse();
    assertThat(coded.trace().objective()).isLessThan(scene.image().squaredNorm() / 2);
  }

  @Test
  void aBlackImageHasNoCode() {
    Scene scene = Scene.of(4, 3, Boundary.CIRCULAR, new Shape(1, 10, 10), false, 8);
    scene.image().fill(0);
    CodedImage black = coded(scene, WeightedL1.alike(4, 0.1), 1e-3);
    assertThat(black.code().entries()).isZero();
    assertThat(black.certificate().gap()).isZero();
  }

  @Test
  void whatCannotBeCodedIsRefused() {
    Scene scene = Scene.of(4, 5, Boundary.VALID, new Shape(1, 10, 10), false, 9);
    LocallyGreedyDescent descent = scene.descent(WeightedL1.alike(4, 0.1), 1e-3);
    FeatureMaps tiny = FeatureMaps.zeros(new Shape(1, 4, 30));
    assertThatThrownBy(() -> descent.code(tiny, SparseMaps.zeros(tiny.shape())))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("image of 4 x 30 pixels: expected at least the filters' 5 x 5");
    FeatureMaps hole = scene.image().copy();
    hole.set(0, 3, 4, Float.NaN);
    assertThatThrownBy(() -> descent.code(hole, SparseMaps.zeros(scene.code())))
        .hasMessageContaining("NaN at map 0, row 3, column 4");
    FilterBank loud = scene.filters().copy();
    loud.data()[0] = 2;
    assertThatThrownBy(
            () ->
                new LocallyGreedyDescent(
                    loud,
                    Boundary.FULL,
                    WeightedL1.alike(4, 1),
                    DescentOptions.DEFAULT,
                    Scene.ENGINE))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("filter 1: expected a norm of 1 at most");
  }
}
