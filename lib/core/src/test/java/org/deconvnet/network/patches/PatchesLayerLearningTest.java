package org.deconvnet.network.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.AtomQuadratic;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.LayerStateFormat;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.store.StateArchive;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchesLayerLearningTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void plantedWordsAreFound(int channels) {
    FilterBank planted = PlantedWords.words(channels);
    PatchCodingOptions coding = PlantedWords.coding(PlantedWords.plain(), 0.2, false);
    // Twice as many words as there are: random ones that begin between two may stay there.
    PatchCodingOptions more =
        new PatchCodingOptions(
            coding.windows(), 2 * PlantedWords.WORDS, 0.2, false, coding.descent());
    FilterBank learned =
        PlantedWords.learned(
                new PatchesOptions(more, 0, 60, 0, 0),
                PlantedWords.singleWindows(120, channels),
                120)
            .filters();
    for (int word = 0; word < PlantedWords.WORDS; word++) {
      assertThat(likeness(planted, word, learned)).as("word %d", word).isGreaterThan(0.99);
    }
  }

  /** The inner product with the likest learned word, sign aside. */
  private static double likeness(FilterBank planted, int word, FilterBank learned) {
    int numbers = planted.data().length / planted.maps();
    double best = 0;
    for (int k = 0; k < learned.maps(); k++) {
      double sum = 0;
      for (int i = 0; i < numbers; i++) {
        sum += planted.data()[word * numbers + i] * learned.data()[k * numbers + i];
      }
      best = Math.max(best, Math.abs(sum));
    }
    return best;
  }

  @Test
  void theObjectiveFallsAndWordsStayInTheUnitBall() {
    PatchesOptions options = PlantedWords.options(PlantedWords.whitened(1), 8, 0);
    LayerState state = PlantedWords.learned(options, PlantedWords.pictures(3, 1), 3);
    List<LayerProgress> epochs = state.epochs();
    for (int e = 1; e < epochs.size(); e++) {
      assertThat(epochs.get(e).objective())
          .as("epoch %d", e + 1)
          .isLessThan(epochs.get(e - 1).objective());
    }
    for (int word = 0; word < PlantedWords.WORDS; word++) {
      assertThat(state.filters().norm(word)).isLessThanOrEqualTo(1 + 1e-6);
    }
  }

  @Test
  void eachEpochDrawsOtherWindowsAndAnImageAlwaysTheSame() {
    PatchesOptions options = PlantedWords.options(PlantedWords.whitened(1), 3, 0);
    PatchesOptions few = new PatchesOptions(options.coding(), 10, 3, 0, 0);
    PatchesImage image = PlantedWords.pictures(1, 1).get(0);
    FeatureMaps first = DrawnWindows.of(few, 1, 1).of(image.id(), image.image());
    assertThat(first.shape()).isEqualTo(new Shape(16, 1, 10));
    assertThat(DrawnWindows.of(few, 1, 1).of(image.id(), image.image()).data())
        .isEqualTo(first.data());
    assertThat(DrawnWindows.of(few, 1, 2).of(image.id(), image.image()).data())
        .isNotEqualTo(first.data());
    assertThat(DrawnWindows.of(few, 2, 1).of(image.id(), image.image()).data())
        .isNotEqualTo(first.data());
    assertThat(DrawnWindows.of(options, 1, 1).of(image.id(), image.image()).width())
        .isEqualTo(18 * 27);
  }

  @Test
  void aWordThatNoWindowUsesGetsWhatIsExplainedWorst() {
    PatchesOptions options = PlantedWords.options(PlantedWords.whitened(1), 2, 0.5);
    PatchesLayerLearning learning = PlantedWords.learning(options, 1);
    var batches = PlantedWords.batches(PlantedWords.pictures(2, 1), 2);
    LayerState start = learning.start(batches);
    for (int i = 0; i < 16; i++) {
      start.filters().data()[16 + i] = 0;
    }
    List<Integer> dead = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batchDone(LayerProgress progress, int batch, int count) {}

          @Override
          public void deadMaps(int layer, int epoch, List<Integer> maps, boolean replaced) {
            dead.addAll(maps);
            assertThat(replaced).isTrue();
          }
        };
    LayerState done = learning.round(start, batches.get(0), 1);
    LayerState next = learning.nextEpoch(done, batches, listener);
    assertThat(dead).containsExactly(1);
    assertThat(next.filters().norm(1)).isCloseTo(1, within(1e-6));
    AtomQuadratic remembered = ((PatchesMemory) next.remembered()).statistics();
    assertThat(remembered.uses(0)).isTrue();
    assertThat(remembered.uses(1)).isFalse();
    LayerState used = learning.round(next, batches.get(0), 1);
    assertThat(used.totals().activations()[1]).isPositive();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void whatIsStoredBetweenBatchesGoesOnToTheSameBits(double memory) throws IOException {
    PatchesOptions options = PlantedWords.options(PlantedWords.whitened(1), 3, memory);
    PatchesLayerLearning learning = PlantedWords.learning(options, 1);
    var batches = PlantedWords.batches(PlantedWords.pictures(4, 1), 2);
    List<StateArchive> stored = new ArrayList<>();
    Learner<PatchesImage, PatchesCoding> learner = new Learner<>(learning, TrainingListener.SILENT);
    LayerState whole =
        learner.learn(
            batches,
            learning.start(batches),
            state -> {
              StateArchive archive = new StateArchive("test");
              write(state, archive);
              stored.add(archive);
            });
    assertThat(stored).hasSize(6);
    for (StateArchive archive : stored) {
      LayerState start = learning.start();
      LayerState from =
          LayerStateFormat.read(archive, 2, start, learning.noStatistics(start.filters()));
      LayerState end = learner.learn(batches, from, state -> {});
      assertThat(end.filters().data()).isEqualTo(whole.filters().data());
      assertThat(learning.finished(end, batches).layer().whitening().forward())
          .isEqualTo(learning.finished(whole, batches).layer().whitening().forward());
    }
  }

  private static void write(LayerState state, StateArchive archive) {
    try {
      LayerStateFormat.write(state, archive);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void imagesThatAreTooSmallAreNamed() {
    PatchesOptions options = PlantedWords.options(PlantedWords.whitened(1), 1, 0);
    List<PatchesImage> images =
        List.of(new PatchesImage("tiny.png", FeatureMaps.zeros(new Shape(1, 3, 9))));
    assertThatThrownBy(() -> PlantedWords.learned(options, images, 1))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("image tiny.png")
        .hasMessageContaining("3 x 9 pixels: expected at least");
  }

  @Test
  void constantImagesLeaveNothingToLearnAndSaySo() {
    FeatureMaps grey = FeatureMaps.zeros(new Shape(1, 9, 11));
    grey.fill(0.5f);
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
    PatchesOptions options = PlantedWords.options(PlantedWords.whitened(1), 2, 0);
    LayerState end =
        new Learner<>(PlantedWords.learning(options, 1), listener)
            .learn(PlantedWords.batches(List.of(new PatchesImage("grey", grey)), 1));
    assertThat(remedies).containsExactly("lower network.lambda, now 0.2");
    assertThat(end.filters().norm(0)).isCloseTo(1, within(1e-6));
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new WindowOptions(8, 9, false, true, 0.1))
        .hasMessageContaining("step: expected from 1 to 8, got 9");
    assertThatThrownBy(() -> new WindowOptions(1, 1, false, true, 0.1))
        .hasMessageContaining("side: expected at least 2 where windows lose their means");
    assertThatThrownBy(() -> new WindowOptions(8, 1, false, true, 0))
        .hasMessageContaining("floor: expected a positive number");
    assertThatThrownBy(() -> new WindowOptions(46, 1, false, true, 0.1).requireFit(1))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected windows of at most 2048 numbers, got 2116");
    PatchCodingOptions coding = PatchCodingOptions.DEFAULTS;
    assertThatThrownBy(() -> new PatchesOptions(coding, 0, 1, 0, 1))
        .hasMessageContaining("memory: expected 0 <= memory < 1, got 1.0");
    assertThatThrownBy(
            () ->
                new PatchCodingOptions(WindowOptions.DEFAULTS, 0, 1, false, DescentOptions.DEFAULT))
        .hasMessageContaining("maps: expected from 1");
  }
}
