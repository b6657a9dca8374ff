package org.deconvnet.solve.greedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.operator.Boundary;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.splitting.Admm;
import org.deconvnet.solve.splitting.FistaCoding;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three ways to the same minimum. */
class SolversAgreeTest {
  private static final double TOLERANCE = 1e-4;
  private static final double[] WEIGHTED = {0.5, 0.4, 0.6, 0.5};
  private static final double[] ONE_FREE = {0.5, 0.4, 0, 0.5};

  /** Odd and non-square images, one as small as the filters, one with sides of a prime. */
  record Case(
      Boundary boundary, Shape image, int side, boolean masked, boolean nonNegative, boolean free) {
    double[] kappas() {
      return free ? ONE_FREE : WEIGHTED;
    }

    /** The free map is one of means: with both signs at hand it would explain everything alone. */
    Scene scene() {
      Scene scene = Scene.of(4, side, boundary, image, masked, 11);
      float[] taps = scene.filters().data();
      for (int i = scene.filters().offset(2, 0); free && i < scene.filters().offset(3, 0); i++) {
        taps[i] = Math.abs(taps[i]);
      }
      return scene;
    }

    WeightedL1 penalty() {
      return new WeightedL1(kappas(), nonNegative);
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Boundary boundary : Boundary.values()) {
      for (boolean masked : new boolean[] {false, true}) {
        for (boolean nonNegative : new boolean[] {false, true}) {
          cases.add(new Case(boundary, new Shape(1, 11, 17), 4, masked, nonNegative, false));
          cases.add(new Case(boundary, new Shape(3, 9, 6), 3, masked, nonNegative, false));
        }
        cases.add(new Case(boundary, new Shape(1, 10, 13), 3, masked, true, true));
      }
      cases.add(new Case(boundary, new Shape(2, 5, 5), 5, false, false, false));
      cases.add(new Case(boundary, new Shape(1, 1, 19), 1, true, false, false));
    }
    return cases;
  }

  private static List<ImageSolver> solvers(Scene scene, WeightedL1 penalty) {
    return solvers(scene, penalty, new DescentOptions(TOLERANCE, 100_000), 20_000);
  }

  private static List<ImageSolver> solvers(
      Scene scene, WeightedL1 penalty, DescentOptions options, int iterations) {
    LocallyGreedyDescent greedy =
        new LocallyGreedyDescent(scene.filters(), scene.boundary(), penalty, options, Scene.ENGINE);
    return List.of(
        greedy,
        new FistaCoding(
            scene.filters(), scene.boundary(), penalty, greedy, iterations, Scene.ENGINE),
        new Admm(scene.filters(), scene.boundary(), penalty, greedy, iterations, Scene.ENGINE));
  }

  private static CodedImage coded(ImageSolver solver, Scene scene) {
    return solver.code(scene.image(), scene.mask(), SparseMaps.zeros(scene.code()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void allReachTheSameObjectiveAndTheSameCode(Case c) {
    Scene scene = c.scene();
    List<CodedImage> all =
        solvers(scene, c.penalty()).stream().map(solver -> coded(solver, scene)).toList();
    CodedImage first = all.get(0);
    double objective = first.trace().objective();
    FeatureMaps picture = picture(scene, first);
    for (CodedImage other : all) {
      assertThat(other.certificate().settled()).isTrue();
      assertThat(other.trace().objective()).isCloseTo(objective, within(1e-5 * objective));
      // The data term is strictly convex in the picture, so that is unique, whatever the codes.
      assertThat(picture(scene, other).squaredDistance(picture))
          .isLessThan(1e-5 * Math.max(1, picture.squaredNorm()));
    }
  }

  private static FeatureMaps picture(Scene scene, CodedImage coded) {
    FeatureMaps picture = FeatureMaps.zeros(scene.image().shape());
    scene.map().apply(coded.code().dense(), picture);
    return picture;
  }

  /** Karush, Kuhn and Tucker, from the gradient as it is defined. */
  @ParameterizedTest
  @MethodSource("cases")
  void theCodeOfAdmmIsOptimal(Case c) {
    Scene scene = c.scene();
    double[] kappas = c.kappas();
    FeatureMaps z = coded(solvers(scene, c.penalty()).get(2), scene).code().dense();
    FeatureMaps gradient = scene.gradient(z);
    int plane = z.shape().plane();
    for (int i = 0; i < z.data().length; i++) {
      double kappa = kappas[i / plane];
      double g = gradient.data()[i];
      if (z.data()[i] != 0) {
        assertThat(g).isCloseTo(Math.signum(z.data()[i]) * kappa, within(1e-3));
      } else {
        assertThat(c.nonNegative() ? g : Math.abs(g)).isLessThanOrEqualTo(kappa + 1e-3);
      }
      assertThat(c.nonNegative() && z.data()[i] < 0).isFalse();
    }
  }

  @Test
  void aFewAtomsHaveOneCode() {
    Scene scene = Scene.of(1, 4, Boundary.FULL, new Shape(1, 21, 15), true, 12);
    WeightedL1 penalty = WeightedL1.alike(1, 0.4);
    List<CodedImage> all =
        solvers(scene, penalty).stream().map(solver -> coded(solver, scene)).toList();
    FeatureMaps code = all.get(0).code().dense();
    assertThat(code.nonZeros()).isPositive();
    for (CodedImage other : all) {
      assertThat(other.code().dense().squaredDistance(code)).isLessThan(1e-6 * code.squaredNorm());
    }
  }

  @Test
  void aWarmStartIsTakenUpAndAnotherImageForgetsIt() {
    Scene scene = Scene.of(4, 3, Boundary.VALID, new Shape(1, 16, 12), true, 13);
    for (ImageSolver solver : solvers(scene, new WeightedL1(WEIGHTED, false)).subList(1, 3)) {
      CodedImage cold = coded(solver, scene);
      CodedImage warm = solver.code(scene.image(), scene.mask(), cold.code());
      assertThat(warm.certificate().settled()).isTrue();
      assertThat(warm.certificate().changes()).isLessThanOrEqualTo(cold.certificate().changes());
      Scene other = Scene.of(4, 3, Boundary.VALID, new Shape(1, 9, 21), false, 14);
      coded(solver, other);
      assertThat(coded(solver, scene)).isEqualTo(cold);
    }
  }

  @Test
  void theLimitOfIterationsStopsThemAndIsTold() {
    Scene scene = Scene.of(4, 3, Boundary.CIRCULAR, new Shape(1, 16, 12), false, 15);
    WeightedL1 penalty = WeightedL1.alike(4, 0.1);
    DescentOptions options = new DescentOptions(1e-5, 1);
    for (ImageSolver solver : solvers(scene, penalty, options, 3).subList(1, 3)) {
      CodedImage coded = coded(solver, scene);
      assertThat(coded.certificate().settled()).isFalse();
      assertThat(coded.certificate().changes()).isEqualTo(3);
      assertThat(coded.trace().objective()).isLessThan(scene.image().squaredNorm() / 2);
    }
  }

  @Test
  void aboveLambdaMaxAndOfABlackImageTheCodeIsZero() {
    Scene scene = Scene.of(4, 3, Boundary.FULL, new Shape(1, 12, 12), true, 16);
    for (ImageSolver solver : solvers(scene, WeightedL1.alike(4, 1000))) {
      assertThat(coded(solver, scene).code().entries()).isZero();
    }
    scene.image().fill(0);
    for (ImageSolver solver : solvers(scene, WeightedL1.alike(4, 0.1))) {
      assertThat(coded(solver, scene).code().entries()).isZero();
    }
  }

  @Test
  void aNumberThatIsNoneIsRefusedAndOneFarTooLargeIsTold() {
    Scene scene = Scene.of(4, 3, Boundary.FULL, new Shape(1, 12, 12), false, 17);
    Admm admm = (Admm) solvers(scene, WeightedL1.alike(4, 0.1)).get(2);
    scene.image().set(0, 2, 3, Float.NaN);
    assertThatThrownBy(() -> coded(admm, scene))
        .hasMessageContaining("NaN at map 0, row 2, column 3");
    scene.image().fill(3e38f);
    assertThatThrownBy(() -> coded(admm, scene))
        .isInstanceOf(org.deconvnet.solve.SolverDivergedException.class)
        .hasMessageContaining("ADMM: expected finite residuals");
  }
}
