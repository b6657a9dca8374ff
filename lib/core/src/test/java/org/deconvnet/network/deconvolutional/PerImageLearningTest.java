package org.deconvnet.network.deconvolutional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.PlantedImages;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.solve.reference.ConjugateGradient;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;

class PerImageLearningTest {
  private static final List<DeconvolutionalImage> IMAGES = PlantedImages.draw(4, 1);

  @Test
  void theObjectiveFallsOverEpochs() {
    List<LayerProgress> epochs = train(TrainingListener.SILENT, 5).epochs();
    assertThat(epochs).hasSize(5);
    for (int e = 1; e < 5; e++) {
      assertThat(epochs.get(e).objective())
          .as("epoch %d", e + 1)
          .isLessThan(epochs.get(e - 1).objective());
    }
    assertThat(epochs.get(4).objective()).isLessThan(0.7 * epochs.get(0).objective());
  }

  @Test
  void connectedPlanesHaveUnitNormAndTheOthersStayZero() {
    FilterBank f = train(TrainingListener.SILENT, 2).layer().filters();
    for (int k = 0; k < f.maps(); k++) {
      for (int c = 0; c < f.channels(); c++) {
        double expected = f.connectivity().connects(k, c) ? 1 : 0;
        assertThat(squaredNorm(f, k, c))
            .as("map %d, channel %d", k, c)
            .isCloseTo(expected, within(1e-5));
      }
    }
    assertThat(f.data()).isNotEqualTo(PlantedImages.start().data());
  }

  @Test
  void theListenerHearsOfEachImageAsOfABatch() {
    List<String> heard = new ArrayList<>();
    train((p, batch, batches) -> heard.add(batch + "/" + batches + ", " + p.images()), 1);
    assertThat(heard).containsExactly("1/4, 1", "2/4, 2", "3/4, 3", "4/4, 4");
  }

  @Test
  void theSameImagesGiveTheSameBitsAndTheImagesGivenStayUncoded() {
    float[] filters = train(TrainingListener.SILENT, 2).layer().filters().data();
    assertThat(train(TrainingListener.SILENT, 2).layer().filters().data()).isEqualTo(filters);
    assertThat(IMAGES).allMatch(image -> image.keptCode() == null);
  }

  private static PerImageLearning.Result train(TrainingListener listener, int epochs) {
    return new PerImageLearning(PlantedImages.ENGINE, new ConjugateGradient(), 2, listener)
        .train(PlantedImages.start(), PlantedImages.options(epochs, 0), 1, IMAGES);
  }

  private static double squaredNorm(FilterBank f, int map, int channel) {
    double sum = 0;
    for (int i = 0; i < f.side() * f.side(); i++) {
      float v = f.data()[f.offset(map, channel) + i];
      sum += (double) v * v;
    }
    return sum;
  }
}
