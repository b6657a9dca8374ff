package org.deconvnet.network.csc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.AtomQuadratic;
import org.deconvnet.dictionary.UnitBallStep;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.operator.Boundary;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CscLayerLearningTest {
  @ParameterizedTest
  @EnumSource(Boundary.class)
  void plantedAtomsAreFoundAtEveryBoundary(Boundary boundary) {
    planted(boundary, 1);
  }

  @Test
  void plantedAtomsOfColourAreFound() {
    planted(Boundary.FULL, 3);
  }

  private static void planted(Boundary boundary, int channels) {
    FilterBank start = PlantedAtoms.blurred(channels);
    LayerState state =
        PlantedAtoms.learned(
            PlantedAtoms.options(boundary, 15),
            PlantedAtoms.images(4, channels),
            4,
            TrainingListener.SILENT,
            start);
    FilterBank planted = PlantedAtoms.filters(channels);
    for (int map = 0; map < planted.maps(); map++) {
      assertThat(PlantedAtoms.likeness(planted, map, start)).as("map %d", map).isLessThan(0.85);
      assertThat(PlantedAtoms.likeness(planted, map, state.filters()))
          .as("map %d", map)
          .isGreaterThan(0.99);
    }
  }

  /** What hidden pixels hold plays no part: here it is noise, ten times as large as the rest. */
  @ParameterizedTest
  @EnumSource(Boundary.class)
  void plantedAtomsAreFoundThoughThirtyPercentAreHidden(Boundary boundary) {
    Random random = new Random(3);
    List<CscImage> hidden = new ArrayList<>();
    for (CscImage image : PlantedAtoms.images(6, 1)) {
      FeatureMaps pixels = image.image().copy();
      FeatureMaps mask = FeatureMaps.zeros(pixels.shape());
      for (int i = 0; i < mask.data().length; i++) {
        mask.data()[i] = random.nextInt(10) < 3 ? 0 : 1;
        pixels.data()[i] += (1 - mask.data()[i]) * 10 * (float) random.nextGaussian();
      }
      hidden.add(new CscImage(image.id(), CscImage.masked(pixels, mask), true, null, null));
    }
    FilterBank start = PlantedAtoms.blurred(1);
    LayerState state =
        PlantedAtoms.learned(
            PlantedAtoms.options(boundary, 25), hidden, 6, TrainingListener.SILENT, start);
    FilterBank planted = PlantedAtoms.filters(1);
    for (int map = 0; map < planted.maps(); map++) {
      assertThat(PlantedAtoms.likeness(planted, map, state.filters()))
          .as("map %d", map)
          .isGreaterThan(0.98);
    }
  }

  @Test
  void aMaskOfAnotherSizeOrOfOtherNumbersIsRefused() {
    FeatureMaps pixels = FeatureMaps.zeros(new Shape(3, 5, 6));
    assertThatThrownBy(() -> CscImage.masked(pixels, FeatureMaps.zeros(new Shape(1, 6, 5))))
        .isInstanceOf(UserErrorException.class)
        .hasMessage("mask: expected 1x5x6, one map of the image's size, got 1x6x5");
    FeatureMaps grey = FeatureMaps.zeros(new Shape(1, 5, 6));
    grey.data()[3] = 0.5f;
    assertThatThrownBy(() -> CscImage.masked(pixels, grey))
        .hasMessageContaining("expected 1 for pixels that are seen and 0")
        .hasMessageContaining("got 0.5");
  }

  @Test
  void theObjectiveFallsAndFiltersStayInTheUnitBall() {
    LayerState state =
        PlantedAtoms.learned(PlantedAtoms.options(Boundary.VALID, 8), PlantedAtoms.images(3, 1), 3);
    List<LayerProgress> epochs = state.epochs();
    assertThat(epochs).hasSize(8);
    for (int e = 1; e < epochs.size(); e++) {
      assertThat(epochs.get(e).objective())
          .as("epoch %d", e + 1)
          .isLessThan(epochs.get(e - 1).objective());
    }
    for (int map = 0; map < PlantedAtoms.MAPS; map++) {
      assertThat(state.filters().norm(map)).isLessThanOrEqualTo(1 + 1e-6);
    }
  }

  @Test
  void batchesWithMemoryLearnToo() {
    CscOptions plain = PlantedAtoms.options(Boundary.FULL, 12);
    CscOptions online = new CscOptions(plain.coding(), 12, 1, 0.3);
    List<CscImage> images = PlantedAtoms.images(4, 1);
    LayerState state = PlantedAtoms.learned(online, images, 1);
    assertThat(state.remembered()).isNotNull();
    double whole = last(PlantedAtoms.learned(plain, images, 4));
    assertThat(last(state)).isCloseTo(whole, within(0.15 * whole));
  }

  private static double last(LayerState state) {
    return state.epochs().get(state.epochs().size() - 1).objective();
  }

  @Test
  void smallerFiltersStaySmallAndMapsWithoutPenaltyStayAsTheyAre() {
    CodingOptions coding =
        new CodingOptions(
            List.of(new AtomGroup(2, 4, 1), new AtomGroup(2, 3, 0.5), new AtomGroup(1, 4, 0)),
            0.3,
            true,
            Boundary.FULL,
            true,
            new DescentOptions(0.05, 100));
    CscOptions options = new CscOptions(coding, 3, 0, 0);
    FilterBank start = StartingFilters.draw(coding, 1, 1);
    FilterBank learned = PlantedAtoms.learned(options, PlantedAtoms.images(2, 1), 2).filters();
    for (int map = 2; map < 4; map++) {
      for (int i = 0; i < 4; i++) {
        assertThat(learned.get(map, 0, 3, i)).isZero();
        assertThat(learned.get(map, 0, i, 3)).isZero();
      }
      assertThat(learned.norm(map)).isPositive();
    }
    for (int t = 0; t < 16; t++) {
      int at = learned.offset(4, 0) + t;
      assertThat(learned.data()[at]).isEqualTo(start.data()[at]).isPositive();
    }
  }

  @Test
  void aMapThatNoImageUsesGetsWhatIsExplainedWorst() {
    CscOptions options = PlantedAtoms.options(Boundary.FULL, 2);
    FilterBank start = StartingFilters.draw(options.coding(), 1, 1);
    start.data()[start.offset(1, 0)] = 0;
    for (int t = 0; t < 16; t++) {
      start.data()[start.offset(1, 0) + t] = 0;
    }
    List<Integer> dead = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batchDone(LayerProgress progress, int batch, int batches) {}

          @Override
          public void deadMaps(int layer, int epoch, List<Integer> maps, boolean replaced) {
            dead.addAll(maps);
            assertThat(replaced).isTrue();
          }
        };
    CscLayerLearning learning = new CscLayerLearning(PlantedAtoms.ENGINE, options, start, 1);
    var batches = PlantedAtoms.batches(PlantedAtoms.images(2, 1), 2);
    LayerState done = learning.round(learning.start(), batches.get(0), 1);
    LayerState next = learning.nextEpoch(done, batches, listener);
    assertThat(dead).containsExactly(1);
    assertThat(next.filters().norm(1)).isCloseTo(1, within(1e-6));
    EpochTotals used = learning.round(next, batches.get(0), 1).totals();
    assertThat(used.activations()[1]).isPositive();
  }

  @Test
  void whatIsRememberedOfAReplacedMapIsForgotten() {
    CscOptions plain = PlantedAtoms.options(Boundary.FULL, 3);
    CscOptions online = new CscOptions(plain.coding(), 3, 1, 0.5);
    FilterBank start = StartingFilters.draw(plain.coding(), 1, 1);
    CscLayerLearning learning = new CscLayerLearning(PlantedAtoms.ENGINE, online, start, 1);
    var batches = PlantedAtoms.batches(PlantedAtoms.images(2, 1), 1);
    LayerState done = learning.round(learning.start(), batches.get(0), 2);
    AtomQuadratic remembered = (AtomQuadratic) done.remembered();
    assertThat(remembered.uses(1)).isTrue();
    EpochTotals unused = new EpochTotals(PlantedAtoms.MAPS);
    LayerState dead = new LayerState(1, done.filters(), remembered, 1, 2, unused, List.of());
    learning.nextEpoch(dead, batches, TrainingListener.SILENT);
    assertThat(remembered.uses(1)).isFalse();
    FilterBank other = StartingFilters.draw(plain.coding(), 1, 8);
    assertThat(new UnitBallStep(5, 1e-7).solve(remembered, other).data()).isEqualTo(other.data());
  }

  @Test
  void aLambdaThatLeavesNothingGivesZerosAndSaysSo() {
    CscOptions plain = PlantedAtoms.options(Boundary.FULL, 2);
    CscOptions strict = new CscOptions(plain.coding().withLambda(1.01, true), 2, 0, 0);
    List<String> remedies = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batchDone(LayerProgress progress, int batch, int batches) {
            assertThat(progress.density()).isZero();
          }

          @Override
          public void emptyLayer(int layer, double lambda, String remedy) {
            remedies.add(remedy);
          }
        };
    PlantedAtoms.learned(strict, PlantedAtoms.images(2, 1), 2, listener);
    assertThat(remedies).containsExactly("lower network.lambda, now 1.01");
  }
}
