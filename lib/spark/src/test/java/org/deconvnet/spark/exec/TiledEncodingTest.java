package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscInference;
import org.deconvnet.network.csc.CscLayer;
import org.deconvnet.operator.Boundary;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.solve.greedy.LocalTiles;
import org.deconvnet.solve.greedy.LocallyGreedyDescent;
import org.deconvnet.solve.greedy.TileProgress;
import org.deconvnet.solve.greedy.TileRounds;
import org.deconvnet.solve.greedy.TiledCode;
import org.deconvnet.solve.greedy.TiledProblem;
import org.deconvnet.solve.greedy.Tiling;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TiledEncodingTest {
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  private static final int SIDE = 4;
  private static final WeightedL1 PENALTY = WeightedL1.alike(6, 0.5);
  private static final DescentOptions OPTIONS = new DescentOptions(1e-3, 1_000);
  private static final FeatureMaps IMAGE = EngineContract.maps(new Shape(2, 61, 83), new Random(1));

  private static FilterBank filters() {
    FilterBank filters = FilterBank.zeros(Connectivity.full(6, 2), SIDE);
    Random random = new Random(2);
    for (int i = 0; i < filters.data().length; i++) {
      filters.data()[i] = (float) random.nextGaussian();
    }
    int numbers = filters.data().length / 6;
    for (int k = 0; k < 6; k++) {
      float norm = (float) filters.norm(k);
      for (int i = k * numbers; i < (k + 1) * numbers; i++) {
        filters.data()[i] /= norm;
      }
    }
    return filters;
  }

  private static TiledProblem problem(Boundary boundary, int rows, int columns) {
    Tiling tiling = Tiling.of(boundary, SIDE, IMAGE.shape(), rows, columns);
    return new TiledProblem(filters(), PENALTY, OPTIONS, tiling);
  }

  private static TiledCode coded(TiledProblem problem, int partitions) {
    return new TiledEncoding(CONTEXT, problem, partitions, "auto").encode(IMAGE, progress -> {});
  }

  @ParameterizedTest
  @EnumSource(Boundary.class)
  void partitionsChangeNoBitAndTheObjectiveIsThatOfTheWholeImage(Boundary boundary) {
    TiledProblem problem = problem(boundary, 3, 3);
    LocalTiles local = new LocalTiles(problem, IMAGE, ConvolutionEngines.create("auto"));
    TiledCode here = new TileRounds(problem, local, progress -> {}).run();
    for (int partitions : new int[] {1, 2, 5, 20}) {
      TiledCode there = coded(problem, partitions);
      assertThat(there.codes()).isEqualTo(here.codes());
      assertThat(there.trace()).isEqualTo(here.trace());
      assertThat(there.certificate()).isEqualTo(here.certificate());
    }
    CodedImage whole =
        new LocallyGreedyDescent(
                filters(), boundary, PENALTY, OPTIONS, ConvolutionEngines.create("auto"))
            .code(IMAGE, SparseMaps.zeros(boundary.maps(filters(), IMAGE.shape())));
    double objective = whole.trace().objective();
    assertThat(here.trace().objective()).isCloseTo(objective, within(1e-4 * objective));
    assertThat(here.certificate().settled()).isTrue();
  }

  @Test
  void aShareOfLambdaMaxIsThatOfTheWholeImage() {
    TiledProblem shares =
        new TiledProblem(
            filters(), WeightedL1.alike(6, 0.3), OPTIONS, problem(Boundary.FULL, 3, 3).tiling());
    TiledCode tiled =
        new TiledEncoding(CONTEXT, shares, 4, "auto").encodeByShare(0.3, IMAGE, progress -> {});
    CodingOptions coding =
        new CodingOptions(
            List.of(new AtomGroup(6, SIDE, 1)), 0.3, true, Boundary.FULL, false, OPTIONS);
    CodedImage whole =
        new CscInference(ConvolutionEngines.create("auto"), new CscLayer(filters(), coding))
            .code(IMAGE);
    double objective = whole.trace().objective();
    assertThat(tiled.trace().nonZeros()).isPositive();
    assertThat(tiled.trace().objective()).isCloseTo(objective, within(1e-4 * objective));
    FeatureMaps black = FeatureMaps.zeros(IMAGE.shape());
    TiledCode nothing =
        new TiledEncoding(CONTEXT, shares, 4, "auto").encodeByShare(0.3, black, progress -> {});
    assertThat(nothing.trace().nonZeros()).isZero();
  }

  @Test
  void lineageStaysShortAndNothingIsLeftBehind() {
    List<Integer> inStage = new ArrayList<>();
    SparkListener watch =
        new SparkListener() {
          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            inStage.add(stage.stageInfo().rddInfos().size());
          }
        };
    int persisted = CONTEXT.getPersistentRDDs().size();
    List<TileProgress> told = new ArrayList<>();
    CONTEXT.sc().addSparkListener(watch);
    try {
      // Tiles of few places: many rounds.
      new TiledEncoding(CONTEXT, problem(Boundary.CIRCULAR, 15, 19), 2, "auto")
          .encode(IMAGE, told::add);
      CONTEXT.sc().listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    } finally {
      CONTEXT.sc().removeSparkListener(watch);
    }
    assertThat(told.size()).as("rounds, of nine colours each").isGreaterThan(4);
    assertThat(inStage).hasSizeGreaterThan(40).allMatch(size -> size <= 20);
    assertThat(CONTEXT.getPersistentRDDs()).hasSize(persisted);
  }

  /** As when executors are lost between rounds. */
  @Test
  void codesThatAreLostAreWorkedOutAgain() {
    TiledProblem problem = problem(Boundary.FULL, 3, 4);
    List<TileProgress> told = new ArrayList<>();
    TiledCode lost =
        new TiledEncoding(CONTEXT, problem, 3, "auto")
            .encode(
                IMAGE,
                round -> {
                  told.add(round);
                  CONTEXT.getPersistentRDDs().values().forEach(states -> states.unpersist(true));
                });
    assertThat(told).hasSizeGreaterThan(1);
    TiledCode kept = coded(problem, 3);
    assertThat(lost.codes()).isEqualTo(kept.codes());
    assertThat(lost.trace()).isEqualTo(kept.trace());
  }

  @Test
  void whatCannotBeCodedIsRefusedOnTheDriver() {
    FilterBank loud = filters();
    loud.data()[0] = 2;
    Tiling tiling = Tiling.of(Boundary.VALID, SIDE, IMAGE.shape(), 2, 2);
    TiledProblem problem = new TiledProblem(loud, PENALTY, OPTIONS, tiling);
    assertThatThrownBy(() -> coded(problem, 2))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("filter 1: expected a norm of 1 at most");
    assertThatThrownBy(() -> coded(problem(Boundary.VALID, 2, 2), 0))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("partitions: expected at least 1, got 0");
    FeatureMaps other = FeatureMaps.zeros(new Shape(2, 60, 83));
    assertThatThrownBy(
            () ->
                new TiledEncoding(CONTEXT, problem(Boundary.VALID, 2, 2), 1, "auto")
                    .encode(other, progress -> {}))
        .hasMessageContaining("image: rows: expected 61, got 60");
  }
}
