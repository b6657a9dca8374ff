package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.LayerStateFormat;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.solve.reference.ConjugateGradient;
import org.deconvnet.store.StateArchive;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The falling objective, colour, dead maps, divergence, and stopping at any batch. */
class RobustLearningTest {
  private static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  private static final AdaptiveOptions FIRST = options(4, 5, new PoolSize(2, 2, 2), 4, 0);
  private static final AdaptiveOptions SECOND = options(6, 3, new PoolSize(2, 2, 1), 2, 0);

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theObjectiveFallsInBothLayersOfGreyAndColourImagesAndFiltersStayUnit(int channels) {
    List<AdaptiveImage> images = BarImages.draw(channels);
    Trained one = train(AdaptiveNetwork.empty(), channels, FIRST, images, new Heard());
    AdaptiveNetwork below = AdaptiveNetwork.empty().plus(one.layer());
    Trained two = train(below, 2, SECOND, BarImages.under(ENGINE, below, images), new Heard());
    for (Trained layer : List.of(one, two)) {
      for (int e = 1; e < layer.epochs().size(); e++) {
        assertThat(layer.epochs().get(e).objective())
            .as("layer %d, epoch %d", layer.epochs().get(e).layer(), e + 1)
            .isLessThan(layer.epochs().get(e - 1).objective());
      }
      for (int k = 0; k < layer.layer().filters().maps(); k++) {
        assertThat(layer.layer().filters().norm(k)).isCloseTo(1, within(1e-5));
      }
    }
  }

  /** Level bars are in the first channel and upright ones in the last, so filters are coloured. */
  @Test
  void filtersOfColourImagesLearnTheColours() {
    FilterBank f =
        train(AdaptiveNetwork.empty(), 3, FIRST, BarImages.draw(3), new Heard()).layer().filters();
    assertThat(f.channels()).isEqualTo(3);
    double[] share = new double[3];
    for (int k = 0; k < f.maps(); k++) {
      assertThat(f.norm(k)).isCloseTo(1, within(1e-5));
      for (int i = f.offset(k, 0); i < f.offset(k, 0) + 75; i++) {
        share[(i - f.offset(k, 0)) / 25] += (double) f.data()[i] * f.data()[i];
      }
    }
    assertThat(share[1]).isLessThan(0.5 * Math.min(share[0], share[2]));
  }

  @Test
  void aDeadMapGetsTheWorstExplainedWindowAndLives() {
    Heard heard = new Heard();
    Trained layer = train(sparse(4), BarImages.draw(1), deadStart(2), heard);
    assertThat(heard.lines).containsExactly("layer 1, epoch 1: dead [2], replaced");
    assertThat(layer.layer().filters().norm(2)).isCloseTo(1, within(1e-5));
    assertThat(layer.epochs().get(3).objective())
        .isLessThan(0.95 * layer.epochs().get(0).objective());
  }

  @Test
  void aMapThatDiesInTheLastEpochIsReportedAndStays() {
    Heard heard = new Heard();
    Trained layer = train(sparse(1), BarImages.draw(1), deadStart(2), heard);
    assertThat(heard.lines).containsExactly("layer 1, epoch 1: dead [2], kept");
    assertThat(layer.layer().filters().get(2, 0, 0, 0)).isEqualTo(0.2f);
  }

  @Test
  void aLayerThatEndsWithoutAnyCodeIsReportedOnce() {
    Heard heard = new Heard();
    AdaptiveOptions faint = options(4, 5, FIRST.pool(), 1e-6, 0);
    Trained layer = train(AdaptiveNetwork.empty(), 1, faint, BarImages.draw(1), heard);
    assertThat(layer.epochs()).hasSize(4).allMatch(LayerProgress::empty);
    assertThat(heard.lines)
        .hasSize(5)
        .contains("layer 1, epoch 4: dead [0, 1, 2, 3], kept")
        .endsWith("layer 1: empty with lambda 1.0E-6");
  }

  @Test
  void aLayerThatIsEmptyOnlyAtFirstIsNotReported() {
    Heard heard = new Heard();
    // Checkerboards answer by less than 2, learned filters by more.
    AdaptiveOptions options = options(4, 5, FIRST.pool(), 0.5, 0);
    Trained layer = train(options, BarImages.draw(1), deadStart(0, 1, 2, 3), heard);
    assertThat(layer.epochs().get(0).empty()).isTrue();
    assertThat(layer.epochs().get(3).empty()).isFalse();
    assertThat(heard.lines).contains("layer 1, epoch 1: dead [0, 1, 2, 3], replaced");
    assertThat(heard.lines).noneMatch(line -> line.contains("empty"));
  }

  /** λ = 1: what answers to a filter by less than 1 is nothing. */
  private static AdaptiveOptions sparse(int epochs) {
    return new AdaptiveOptions(4, 5, FIRST.pool(), 1, 8, epochs, 4, 2, 0);
  }

  /** A checkerboard answers to a bar of five pixels by 0.4. */
  private static LayerState deadStart(int... maps) {
    FilterBank f = learning(AdaptiveNetwork.empty(), 1, FIRST).start().filters().copy();
    for (int k : maps) {
      for (int i = 0; i < 25; i++) {
        f.data()[f.offset(k, 0) + i] = i % 2 == 0 ? 0.2f : -0.2f;
      }
    }
    return LayerState.start(1, f, f.maps());
  }

  @Test
  void aStepThatLeadsAwayStopsWithTheLastValues() {
    AdaptiveOptions wild = options(4, 5, new PoolSize(2, 2, 2), 4, 50);
    assertThatThrownBy(
            () -> train(AdaptiveNetwork.empty(), 1, wild, BarImages.draw(1), new Heard()))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageStartingWith("layer 1, epoch 1, batch 1: learning diverges")
        .hasMessageContaining("before: nothing yet")
        .hasMessageContaining("step: 0");
  }

  @Test
  void whatDivergesLaterSaysWhatItCameFrom() {
    List<AdaptiveImage> images = BarImages.draw(1);
    images.get(7).image().set(0, 3, 3, Float.NaN);
    assertThatThrownBy(() -> train(AdaptiveNetwork.empty(), 1, FIRST, images, new Heard()))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageStartingWith(
            "layer 1, epoch 1, batch 2: learning diverges: image image7: layer 1, ISTA iteration")
        .hasMessageContaining("before: epoch 1, 4 images: objective ");
  }

  @Test
  void goingOnFromAnyBatchGivesTheSameBits() throws java.io.IOException {
    List<LayerState> states = new ArrayList<>();
    List<AdaptiveImage> images = BarImages.draw(1);
    Trained whole =
        train(AdaptiveNetwork.empty(), 1, sparse(4), images, deadStart(2), new Heard(), states);
    assertThat(states).hasSize(8);
    for (int i = 0; i < states.size(); i++) {
      StateArchive written = new StateArchive("there");
      LayerStateFormat.write(states.get(i), written);
      StateArchive files = StateArchive.of(written.toBytes(), "back");
      LayerState read = LayerStateFormat.read(files, 2, deadStart(2), null);
      Trained rest = train(sparse(4), images, read, new Heard());
      assertThat(rest.epochs()).as("from batch %d", i + 1).isEqualTo(whole.epochs());
      assertThat(rest.layer().step()).isEqualTo(whole.layer().step());
      assertThat(rest.layer().filters().data()).isEqualTo(whole.layer().filters().data());
    }
  }

  /** What a listener is told besides batches. */
  private static final class Heard implements TrainingListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void batchDone(LayerProgress progress, int batch, int batches) {}

    @Override
    public void deadMaps(int layer, int epoch, List<Integer> maps, boolean replaced) {
      lines.add(
          "layer %d, epoch %d: dead %s, %s"
              .formatted(layer, epoch, maps, replaced ? "replaced" : "kept"));
    }

    @Override
    public void emptyLayer(int layer, double lambda, String remedy) {
      lines.add("layer %d: empty with lambda %s".formatted(layer, lambda));
    }
  }

  private static AdaptiveOptions options(
      int maps, int side, PoolSize pool, double lambda, double step) {
    return new AdaptiveOptions(maps, side, pool, lambda, 8, 4, 4, 2, step);
  }

  private static AdaptiveLayerLearning learning(
      AdaptiveNetwork below, int channels, AdaptiveOptions options) {
    return new AdaptiveLayerLearning(
        ENGINE, new ConjugateGradient(), 5, below.depth() + 1, below, channels, options);
  }

  private record Trained(AdaptiveLayer layer, List<LayerProgress> epochs) {}

  private static Trained train(
      AdaptiveNetwork below,
      int channels,
      AdaptiveOptions options,
      List<AdaptiveImage> images,
      TrainingListener listener) {
    LayerState start = learning(below, channels, options).start();
    return train(below, channels, options, images, start, listener, new ArrayList<>());
  }

  private static Trained train(
      AdaptiveOptions options,
      List<AdaptiveImage> images,
      LayerState from,
      TrainingListener listener) {
    return train(AdaptiveNetwork.empty(), 1, options, images, from, listener, new ArrayList<>());
  }

  private static Trained train(
      AdaptiveNetwork below,
      int channels,
      AdaptiveOptions options,
      List<AdaptiveImage> images,
      LayerState from,
      TrainingListener listener,
      List<LayerState> states) {
    AdaptiveLayerLearning learning = learning(below, channels, options);
    var batches = BarImages.batches(ENGINE, images);
    LayerState end = new Learner<>(learning, listener).learn(batches, from, states::add);
    return new Trained(learning.finished(end, batches).layer(), end.epochs());
  }
}
