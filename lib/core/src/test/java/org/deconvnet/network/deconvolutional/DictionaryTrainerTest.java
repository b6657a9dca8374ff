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
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.solve.reference.ConjugateGradient;
import org.deconvnet.store.StateArchive;
import org.junit.jupiter.api.Test;

class DictionaryTrainerTest {
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
    new DictionaryTrainer(
            SOLVER,
            (p, batch, batches) ->
                heard.add(
                    "%d.%d: %d/%d, %d images"
                        .formatted(p.layer(), p.epoch(), batch, batches, p.images())))
        .train(PlantedImages.start(), PlantedImages.options(2, 0.2), 3, batches());
    assertThat(heard)
        .containsExactly(
            "3.1: 1/2, 2 images", "3.1: 2/2, 4 images", "3.2: 1/2, 2 images", "3.2: 2/2, 4 images");
  }

  @Test
  void withoutMemoryOnlyTheLastBatchDecides() {
    List<LocalCodeBatch> batches = batches();
    DeconvolutionalOptions options = PlantedImages.options(1, 0);
    DeconvolutionalLayer layer = options.layer(PlantedImages.start());
    for (LocalCodeBatch batch : batches) {
      layer = layer.withFilters(SOLVER.solve(batch.code(layer).quadratic(), layer.filters()));
    }
    assertThat(train(options).layer().filters().data()).isEqualTo(layer.filters().data());
  }

  @Test
  void memoryIsSpreadEvenlyOverTheBatchesOfAnEpoch() {
    List<LocalCodeBatch> batches = batches();
    DeconvolutionalOptions options = PlantedImages.options(1, 0.25);
    DeconvolutionalLayer layer = options.layer(PlantedImages.start());
    FilterQuadratic first = batches.get(0).code(layer).quadratic();
    layer = layer.withFilters(SOLVER.solve(first, layer.filters()));
    // Two batches an epoch: 0.5 each, 0.25 together.
    first.carryForward(0.5, batches.get(1).code(layer).quadratic());
    layer = layer.withFilters(SOLVER.solve(first, layer.filters()));
    assertThat(train(options).layer().filters().data()).isEqualTo(layer.filters().data());
  }

  @Test
  void theSameImagesGiveTheSameBitsAndOtherMemoryOthers() {
    float[] filters = train(PlantedImages.options(2, 0.2)).layer().filters().data();
    assertThat(train(PlantedImages.options(2, 0.2)).layer().filters().data()).isEqualTo(filters);
    assertThat(train(PlantedImages.options(2, 0)).layer().filters().data()).isNotEqualTo(filters);
  }

  @Test
  void goingOnFromAnyEpochWithItsCodesGivesTheSameBits() throws IOException {
    DeconvolutionalOptions options = PlantedImages.options(4, 0.2);
    DictionaryTrainer trainer = new DictionaryTrainer(SOLVER, TrainingListener.SILENT);
    List<LocalCodeBatch> batches = batches();
    List<byte[]> states = new ArrayList<>();
    List<List<LocalCodeBatch>> codes = new ArrayList<>();
    DictionaryTrainer.Result whole =
        trainer.train(
            options,
            batches,
            DictionaryState.start(1, PlantedImages.start()),
            state -> {
              states.add(stored(state));
              codes.add(batches.stream().map(b -> batch(b.images())).toList());
            });
    assertThat(states).hasSize(4);
    for (int epoch = 1; epoch <= 4; epoch++) {
      DictionaryState from =
          DictionaryStateFormat.read(
              StateArchive.of(states.get(epoch - 1), "back"),
              whole.layer().filters().connectivity(),
              whole.layer().filters().side());
      DictionaryTrainer.Result rest =
          trainer.train(options, codes.get(epoch - 1), from, state -> {});
      assertThat(rest.epochs()).as("from epoch %d", epoch).isEqualTo(whole.epochs());
      assertThat(rest.layer().filters().data()).isEqualTo(whole.layer().filters().data());
    }
  }

  private static byte[] stored(DictionaryState state) {
    try {
      StateArchive archive = new StateArchive("there");
      DictionaryStateFormat.write(state, archive);
      return archive.toBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DictionaryTrainer.Result train(DeconvolutionalOptions options) {
    return new DictionaryTrainer(SOLVER, TrainingListener.SILENT)
        .train(PlantedImages.start(), options, 1, batches());
  }

  private static List<LocalCodeBatch> batches() {
    List<CodedMaps> images = PlantedImages.draw(4, 1);
    return List.of(batch(images.subList(0, 2)), batch(images.subList(2, 4)));
  }

  private static LocalCodeBatch batch(List<CodedMaps> images) {
    return new LocalCodeBatch(
        PlantedImages.ENGINE, PlantedImages.options(1, 0).schedule(), 1, images);
  }
}
