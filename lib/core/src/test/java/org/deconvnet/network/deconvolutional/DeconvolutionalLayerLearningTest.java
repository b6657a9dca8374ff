package org.deconvnet.network.deconvolutional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.FilterQuadratic;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.dictionary.LeastSquaresStep;
import org.deconvnet.dictionary.PlantedImages;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.LayerStateFormat;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.solve.reference.ConjugateGradient;
import org.deconvnet.store.StateArchive;
import org.junit.jupiter.api.Test;

class DeconvolutionalLayerLearningTest {
  private static final FilterStep SOLVER = new LeastSquaresStep(new ConjugateGradient(), 50);

  @Test
  void theObjectiveFallsOverEpochs() {
    List<LayerProgress> epochs = train(PlantedImages.options(5, 0.2)).epochs();
    assertThat(epochs).hasSize(5);
    for (int e = 1; e < 5; e++) {
      assertThat(epochs.get(e).objective())
          .as("epoch %d", e + 1)
          .isLessThan(epochs.get(e - 1).objective());
    }
    assertThat(epochs.get(4).objective()).isLessThan(0.7 * epochs.get(0).objective());
  }

  @Test
  void anEpochCountsEveryImageOnceAndTheListenerHearsOfEachBatch() {
    List<String> heard = new ArrayList<>();
    TrainingListener listener =
        (p, batch, batches) ->
            heard.add(
                "%d.%d: %d/%d, %d images"
                    .formatted(p.layer(), p.epoch(), batch, batches, p.images()));
    new Learner<>(learning(3, PlantedImages.options(2, 0.2)), listener).learn(batches());
    assertThat(heard)
        .containsExactly(
            "3.1: 1/2, 2 images", "3.1: 2/2, 4 images", "3.2: 1/2, 2 images", "3.2: 2/2, 4 images");
  }

  @Test
  void withoutMemoryOnlyTheLastBatchDecides() {
    List<LocalBatch<DeconvolutionalImage, DeconvolutionalCoding>> batches = batches();
    DeconvolutionalOptions options = PlantedImages.options(1, 0);
    DeconvolutionalLayer layer = options.layer(PlantedImages.start());
    for (LocalBatch<DeconvolutionalImage, DeconvolutionalCoding> batch : batches) {
      layer = layer.withFilters(SOLVER.solve(quadratic(batch, layer), layer.filters()));
    }
    assertThat(train(options).filters().data()).isEqualTo(layer.filters().data());
  }

  @Test
  void memoryIsSpreadEvenlyOverTheBatchesOfAnEpoch() {
    List<LocalBatch<DeconvolutionalImage, DeconvolutionalCoding>> batches = batches();
    DeconvolutionalOptions options = PlantedImages.options(1, 0.25);
    DeconvolutionalLayer layer = options.layer(PlantedImages.start());
    FilterQuadratic first = quadratic(batches.get(0), layer);
    layer = layer.withFilters(SOLVER.solve(first, layer.filters()));
    // Two batches an epoch: 0.5 each, 0.25 together.
    first.carryForward(0.5, quadratic(batches.get(1), layer));
    layer = layer.withFilters(SOLVER.solve(first, layer.filters()));
    assertThat(train(options).filters().data()).isEqualTo(layer.filters().data());
  }

  @Test
  void theSameImagesGiveTheSameBitsAndOtherMemoryOthers() {
    float[] filters = train(PlantedImages.options(2, 0.2)).filters().data();
    assertThat(train(PlantedImages.options(2, 0.2)).filters().data()).isEqualTo(filters);
    assertThat(train(PlantedImages.options(2, 0)).filters().data()).isNotEqualTo(filters);
  }

  @Test
  void goingOnFromAnyEpochWithItsCodesGivesTheSameBits() throws IOException {
    DeconvolutionalLayerLearning learning = learning(1, PlantedImages.options(4, 0.2));
    var learner = new Learner<>(learning, TrainingListener.SILENT);
    var batches = batches();
    List<byte[]> states = new ArrayList<>();
    List<List<LocalBatch<DeconvolutionalImage, DeconvolutionalCoding>>> codes = new ArrayList<>();
    LayerState whole =
        learner.learn(
            batches,
            learning.start(),
            state -> {
              if (state.batches() == 0) {
                states.add(stored(state));
                codes.add(batches.stream().map(b -> batch(b.coded())).toList());
              }
            });
    assertThat(states).hasSize(4);
    for (int epoch = 1; epoch <= 4; epoch++) {
      StateArchive files = StateArchive.of(states.get(epoch - 1), "back");
      LayerState from =
          LayerStateFormat.read(
              files, 2, learning.start(), learning.noStatistics(learning.start().filters()));
      LayerState rest = learner.learn(codes.get(epoch - 1), from, state -> {});
      assertThat(rest.epochs()).as("from epoch %d", epoch).isEqualTo(whole.epochs());
      assertThat(rest.filters().data()).isEqualTo(whole.filters().data());
    }
  }

  private static byte[] stored(LayerState state) {
    try {
      StateArchive archive = new StateArchive("there");
      LayerStateFormat.write(state, archive);
      return archive.toBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FilterQuadratic quadratic(
      LocalBatch<DeconvolutionalImage, DeconvolutionalCoding> batch, DeconvolutionalLayer layer) {
    DeconvolutionalCoding coding =
        new DeconvolutionalCoding(1, layer, PlantedImages.options(1, 0).schedule());
    return batch.code(coding, DeconvolutionalLayerLearning::sum).quadratic();
  }

  private static LayerState train(DeconvolutionalOptions options) {
    return new Learner<>(learning(1, options), TrainingListener.SILENT).learn(batches());
  }

  private static DeconvolutionalLayerLearning learning(int number, DeconvolutionalOptions options) {
    return new DeconvolutionalLayerLearning(SOLVER, number, PlantedImages.start(), options);
  }

  private static List<LocalBatch<DeconvolutionalImage, DeconvolutionalCoding>> batches() {
    List<DeconvolutionalImage> images = PlantedImages.draw(4, 1);
    return List.of(batch(images.subList(0, 2)), batch(images.subList(2, 4)));
  }

  private static LocalBatch<DeconvolutionalImage, DeconvolutionalCoding> batch(
      List<DeconvolutionalImage> images) {
    return new LocalBatch<>(PlantedImages.ENGINE, true, images);
  }
}
