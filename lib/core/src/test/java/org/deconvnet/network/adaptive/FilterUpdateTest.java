package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.dictionary.FilterNorm;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.reference.ConjugateGradient;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;

class FilterUpdateTest {
  private static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();

  /**
   * The minimum of a sum of equal terms is that of one of them. The gradient's sum grows with the
   * images, and its product with the Hessian with their square: neither may overflow.
   */
  @Test
  void aBatchOfThousandsOfCopiesMovesFiltersAsOneImageDoes() {
    AdaptiveImage image = strong(BarImages.draw(1).get(0));
    FilterBank one = updated(List.of(image));
    FilterBank all =
        updated(
            IntStream.range(0, 3000)
                .mapToObj(n -> new AdaptiveImage("copy" + n, image.image(), image.lower()))
                .toList());
    for (int i = 0; i < one.data().length; i++) {
      assertThat(all.data()[i]).isCloseTo(one.data()[i], within(1e-5f));
    }
  }

  private static AdaptiveImage strong(AdaptiveImage image) {
    for (int i = 0; i < image.image().data().length; i++) {
      image.image().data()[i] *= 10;
    }
    return image;
  }

  private static FilterBank updated(List<AdaptiveImage> images) {
    AdaptiveLayer layer =
        new AdaptiveLayer(
            FilterInitializer.gaussian(Connectivity.full(4, 1), 5, 2),
            new PoolSize(2, 2, 2),
            4,
            8,
            0.02);
    LocalBatch<AdaptiveImage, AdaptiveCoding> batch = BarImages.batch(ENGINE, images);
    BatchSummary coded =
        batch.code(
            new AdaptiveCoding(AdaptiveNetwork.empty(), layer), AdaptiveLayerLearning::summarise);
    return new FilterUpdate(new ConjugateGradient(), FilterNorm.FILTER)
        .update(batch, layer.filters(), coded, 2);
  }
}
