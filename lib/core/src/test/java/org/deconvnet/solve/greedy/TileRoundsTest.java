package org.deconvnet.solve.greedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deconvnet.operator.Boundary;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TileRoundsTest {
  private static final double TOLERANCE = 1e-3;

  /** Every boundary, odd and non-square, grey and colour, both signs, 1, 4, 9 and other tiles. */
  record Case(
      Boundary boundary, Shape image, int side, int rows, int columns, boolean nonNegative) {
    Scene scene() {
      return Scene.of(5, side, boundary, image, false, 7);
    }

    WeightedL1 penalty() {
      return new WeightedL1(new double[] {0.5, 0.4, 0.6, 0.5, 0.7}, nonNegative);
    }

    TiledProblem problem() {
      return problem(10_000);
    }

    TiledProblem problem(double changesPerPlace) {
      Tiling tiling = Tiling.of(boundary, side, image, rows, columns);
      DescentOptions options = new DescentOptions(TOLERANCE, changesPerPlace);
      return new TiledProblem(scene().filters(), penalty(), options, tiling);
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Boundary boundary : Boundary.values()) {
      for (int n : new int[] {1, 2, 3, 4}) {
        cases.add(new Case(boundary, new Shape(1, 41, 53), 4, n, n, false));
      }
      cases.add(new Case(boundary, new Shape(3, 25, 37), 5, 2, 5, true));
      cases.add(new Case(boundary, new Shape(1, 9, 30), 1, 3, 3, false));
    }
    // Tiles no larger than atoms reach.
    cases.add(new Case(Boundary.CIRCULAR, new Shape(1, 15, 21), 4, 5, 7, false));
    cases.add(new Case(Boundary.VALID, new Shape(1, 15, 21), 4, 6, 8, false));
    cases.add(new Case(Boundary.FULL, new Shape(1, 23, 60), 4, 1, 6, false));
    cases.add(new Case(Boundary.CIRCULAR, new Shape(1, 6, 6), 4, 2, 2, false));
    return cases;
  }

  private static TiledCode coded(Case c) {
    TiledProblem problem = c.problem();
    LocalTiles workers = new LocalTiles(problem, c.scene().image(), Scene.ENGINE);
    return new TileRounds(problem, workers, progress -> {}).run();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theObjectiveIsThatOfTheWholeImage(Case c) {
    Scene scene = c.scene();
    TiledCode tiled = coded(c);
    CodedImage whole =
        scene.descent(c.penalty(), TOLERANCE).code(scene.image(), SparseMaps.zeros(scene.code()));
    double objective = whole.trace().objective();
    assertThat(tiled.trace().objective()).isCloseTo(objective, within(1e-4 * objective));
    assertThat(tiled.trace().squaredImage())
        .isCloseTo(scene.image().squaredNorm(), within(1e-9 * scene.image().squaredNorm()));
    assertThat(tiled.trace().entries()).isEqualTo(scene.code().size());
    assertThat(tiled.trace().nonZeros()).isEqualTo(tiled.assembled().entries()).isPositive();
    assertThat(tiled.certificate().settled()).isTrue();
    assertThat(tiled.certificate().gap())
        .isCloseTo(whole.certificate().gap(), within(0.02 * objective));
  }

  /** The objective and the gradient are worked out anew from the assembled code. */
  @ParameterizedTest
  @MethodSource("cases")
  void theCodeIsAtRest(Case c) {
    Scene scene = c.scene();
    TiledCode tiled = coded(c);
    FeatureMaps z = tiled.assembled().dense();
    assertThat(objective(c, z)).isCloseTo(tiled.trace().objective(), within(1e-5));
    FeatureMaps moved = scene.gradient(z);
    for (int i = 0; i < z.data().length; i++) {
      moved.data()[i] += z.data()[i];
    }
    c.penalty().proximal(1, 1).apply(moved.data(), 1, moved.data());
    float largest = 0;
    for (int i = 0; i < z.data().length; i++) {
      largest = Math.max(largest, Math.abs(moved.data()[i] - z.data()[i]));
      assertThat(c.nonNegative && z.data()[i] < 0).isFalse();
    }
    double tolerance = TOLERANCE * c.penalty().largest();
    assertThat((double) largest).isLessThanOrEqualTo(1.01 * tolerance);
    assertThat(tiled.certificate().largestMove()).isCloseTo(largest, within(1e-5));
  }

  /** Where κ is multiplied by the excess, the code is zero; a little less, and it is not. */
  @ParameterizedTest
  @MethodSource("cases")
  void theExcessIsThatOfTheWholeImage(Case c) {
    Scene scene = c.scene();
    double whole = scene.descent(c.penalty(), TOLERANCE).excess(scene.image(), null);
    TiledProblem problem = c.problem();
    double tiled = new LocalTiles(problem, scene.image(), Scene.ENGINE).excess();
    assertThat(tiled).isCloseTo(whole, within(1e-5 * whole));
    assertThat(scaled(problem, scene, 1.001 * tiled).trace().nonZeros()).isZero();
    assertThat(scaled(problem, scene, 0.95 * tiled).trace().nonZeros()).isPositive();
  }

  private static TiledCode scaled(TiledProblem problem, Scene scene, double factor) {
    TiledProblem scaled = problem.withPenaltyTimes(factor);
    LocalTiles tiles = new LocalTiles(scaled, scene.image(), Scene.ENGINE);
    return new TileRounds(scaled, tiles, progress -> {}).run();
  }

  private static double objective(Case c, FeatureMaps z) {
    Scene scene = c.scene();
    FeatureMaps built = FeatureMaps.zeros(c.image);
    scene.map().apply(z, built);
    return scene.image().squaredDistance(built) / 2 + c.penalty().value(z.data());
  }

  /** Neighbours with correlated atoms, where moving at once would overshoot. */
  @ParameterizedTest
  @MethodSource("cases")
  void eachTurnLowersTheObjective(Case c) {
    TiledProblem problem = c.problem();
    LocalTiles tiles = new LocalTiles(problem, c.scene().image(), Scene.ENGINE);
    List<Double> objectives = new ArrayList<>();
    TileWorkers watched =
        new Watched(tiles) {
          @Override
          public List<TileReport> descend(Map<Integer, TileTurn> turns) {
            List<TileReport> reports = super.descend(turns);
            objectives.add(objective(c, whole(problem, tiles)));
            return reports;
          }
        };
    new TileRounds(problem, watched, progress -> {}).run();
    double slack = 1e-6 * objectives.get(0);
    for (int i = 1; i < objectives.size(); i++) {
      assertThat(objectives.get(i)).isLessThanOrEqualTo(objectives.get(i - 1) + slack);
    }
  }

  private static FeatureMaps whole(TiledProblem problem, LocalTiles tiles) {
    return new TiledCode(problem.tiling(), tiles.codes(), null, null, 0).assembled().dense();
  }

  /** Turns of a colour in another order, and reports too: as partitions and executors do. */
  @Test
  void theOrderOfTilesOfAColourChangesNoBit() {
    Case c = new Case(Boundary.CIRCULAR, new Shape(1, 41, 53), 4, 3, 4, false);
    TiledProblem problem = c.problem();
    TileWorkers backwards =
        new Watched(new LocalTiles(problem, c.scene().image(), Scene.ENGINE)) {
          @Override
          public List<TileReport> descend(Map<Integer, TileTurn> turns) {
            Map<Integer, TileTurn> reversed = new TreeMap<>(Collections.reverseOrder());
            reversed.putAll(turns);
            return super.descend(reversed);
          }
        };
    assertThat(new TileRounds(problem, backwards, progress -> {}).run().codes())
        .isEqualTo(coded(c).codes());
  }

  /** Passes everything on. */
  private static class Watched implements TileWorkers {
    private final TileWorkers tiles;

    Watched(TileWorkers tiles) {
      this.tiles = tiles;
    }

    @Override
    public double excess() {
      return tiles.excess();
    }

    @Override
    public List<TileReport> descend(Map<Integer, TileTurn> turns) {
      return tiles.descend(turns);
    }

    @Override
    public List<TileSums> sums(Map<Integer, List<CodeChanges>> news) {
      return tiles.sums(news);
    }

    @Override
    public List<SparseMaps> codes() {
      return tiles.codes();
    }
  }

  @Test
  void roundsAreToldAndTilesThatHearNothingSleep() {
    Case c = new Case(Boundary.FULL, new Shape(1, 83, 83), 4, 4, 4, false);
    FeatureMaps image = c.scene().image();
    // All but the first tile's corner is black.
    for (int i = 0; i < image.data().length; i++) {
      if (i / 83 > 8 || i % 83 > 8) {
        image.data()[i] = 0;
      }
    }
    TiledProblem problem = c.problem();
    List<TileProgress> told = new ArrayList<>();
    TiledCode code =
        new TileRounds(problem, new LocalTiles(problem, image, Scene.ENGINE), told::add).run();
    assertThat(told).hasSize(code.rounds());
    assertThat(told.get(0).tiles()).isEqualTo(16);
    assertThat(told.stream().mapToLong(TileProgress::changes).sum())
        .isEqualTo(code.certificate().changes());
    assertThat(code.codes().get(0).entries()).isPositive();
    assertThat(code.codes().get(15).entries()).isZero();
    assertThat(told.subList(2, told.size())).allMatch(round -> round.tiles() == 0);
  }

  @Test
  void theLimitOfChangesStopsItAndIsTold() {
    Case c = new Case(Boundary.VALID, new Shape(1, 41, 53), 4, 2, 2, false);
    TiledProblem problem = c.problem(0.05);
    TiledCode code =
        new TileRounds(
                problem, new LocalTiles(problem, c.scene().image(), Scene.ENGINE), progress -> {})
            .run();
    assertThat(code.certificate().settled()).isFalse();
    assertThat(code.trace().objective())
        .isCloseTo(objective(c, code.assembled().dense()), within(1e-3));
  }

  @Test
  void aCodeThatNoIndexCanCountIsTakenOneByOne() {
    Tiling tiling = Tiling.ofSide(Boundary.VALID, 8, new Shape(1, 10_000, 10_000), 5_100);
    List<SparseMaps> codes = new ArrayList<>();
    for (Tile tile : tiling.tiles()) {
      codes.add(new SparseMaps(tile.own().code(25), new int[] {0}, new float[] {1}));
    }
    TiledCode code = new TiledCode(tiling, codes, null, null, 1);
    List<String> taken = new ArrayList<>();
    code.forEach((map, row, column, value) -> taken.add(map + " " + row + " " + column));
    assertThat(taken).containsExactly("0 0 0", "0 0 5003", "0 5003 0", "0 5003 5003");
    assertThat(tiling.places()).isEqualTo(10_007L * 10_007);
    assertThatThrownBy(code::assembled)
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("25 x 10007 x 10007 holds more numbers than one array can");
  }

  @Test
  void tilesAreNoLargerThanAskedForAndCoverEachPlaceOnce() {
    for (Boundary boundary : Boundary.values()) {
      for (int tileSide : new int[] {5, 7, 16, 100}) {
        Tiling tiling = Tiling.ofSide(boundary, 5, new Shape(1, 40, 33), tileSide);
        long places = 0;
        for (Tile tile : tiling.tiles()) {
          assertThat(tile.own().rows()).isBetween(4, tileSide);
          assertThat(tile.own().columns()).isBetween(4, tileSide);
          places += tile.own().places();
        }
        assertThat(places).isEqualTo(tiling.places());
      }
    }
  }

  @Test
  void whatCannotBeCutIsRefused() {
    Shape image = new Shape(1, 20, 30);
    assertThatThrownBy(() -> Tiling.ofSide(Boundary.FULL, 8, image, 7))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("side of a tile, which is at least that of the filters: expected");
    assertThatThrownBy(() -> Tiling.ofSide(Boundary.FULL, 21, image, 50))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("image of 20 x 30 pixels: expected at least the filters' 21 x 21");
    assertThatThrownBy(() -> Tiling.of(Boundary.FULL, 8, image, 2, 1))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected at least 7 rows of places in a tile");
    assertThatThrownBy(() -> Tiling.of(Boundary.CIRCULAR, 8, image, 2, 1))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected one tile, or at least 2 columns of them, got 1");
    assertThatThrownBy(() -> Tiling.of(Boundary.CIRCULAR, 8, image, 0, 2))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("rows of tiles: expected at least 1, got 0");
    Case c = new Case(Boundary.VALID, image, 4, 2, 2, false);
    FeatureMaps hole = c.scene().image();
    hole.set(0, 3, 4, Float.NaN);
    assertThatThrownBy(() -> new LocalTiles(c.problem(), hole, Scene.ENGINE))
        .hasMessageContaining("NaN at map 0, row 3, column 4");
    assertThatThrownBy(
            () ->
                new LocalTiles(c.problem(), FeatureMaps.zeros(new Shape(3, 20, 30)), Scene.ENGINE))
        .hasMessageContaining("image: channels: expected 1, got 3");
  }
}
