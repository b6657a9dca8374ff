package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.solve.reference.ConjugateGradient;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;

class LayerTrainerTest {
  private static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  private static final AdaptiveOptions FIRST =
      new AdaptiveOptions(4, 5, new PoolSize(2, 2, 2), 4, 8, 4, 4, 2, 0);
  private static final AdaptiveOptions SECOND =
      new AdaptiveOptions(6, 3, new PoolSize(2, 2, 1), 2, 8, 3, 4, 2, 0);

  @Test
  void aLayerAlsoLearnsToReconstructThePooledMapsBelowIt() {
    TrainedLayer one = train(AdaptiveNetwork.empty(), 1, FIRST, images());
    AdaptiveCoder coder = new AdaptiveCoder(ENGINE, AdaptiveNetwork.empty(), one.layer());
    List<AdaptiveImage> pooled =
        images().stream()
            .map(image -> new CodedImage(image, coder.code(image)).pooledAsImage())
            .toList();
    assertThat(pooled).allMatch(image -> image.image().maps() == 2 && image.lower().isEmpty());
    List<Integer> heard = new ArrayList<>();
    TrainingListener listener = (progress, batch, batches) -> heard.add(progress.layer());
    List<LayerProgress> epochs =
        new LayerTrainer(ENGINE, new ConjugateGradient(), listener.asLayer(2), 5)
            .train(AdaptiveNetwork.empty(), 2, SECOND, BarImages.batches(ENGINE, pooled))
            .epochs();
    assertThat(epochs.get(2).objective()).isLessThan(epochs.get(0).objective());
    assertThat(heard).isNotEmpty().containsOnly(2);
  }

  @Test
  void sameSeedSameBitsAnotherSeedOthers() {
    String once = fingerprint(5);
    assertThat(fingerprint(5)).isEqualTo(once);
    assertThat(fingerprint(6)).isNotEqualTo(once);
  }

  private static String fingerprint(long seed) {
    LayerTrainer trainer =
        new LayerTrainer(ENGINE, new ConjugateGradient(), TrainingListener.SILENT, seed);
    TrainedLayer layer =
        trainer.train(AdaptiveNetwork.empty(), 1, FIRST, BarImages.batches(ENGINE, images()));
    return AdaptiveNetwork.empty().plus(layer.layer()).fingerprint();
  }

  @Test
  void negativeGradientIsTheDerivativeOfTheDataTermThroughTwoLayers() {
    AdaptiveNetwork below =
        AdaptiveNetwork.empty().plus(train(AdaptiveNetwork.empty(), 1, FIRST, images()).layer());
    AdaptiveImage image = BarImages.under(ENGINE, below, images()).get(0);
    FilterBank f = FilterInitializer.gaussian(Connectivity.full(6, 2), 3, 1);
    AdaptiveLayer layer = new AdaptiveLayer(f, SECOND.pool(), 2, 5, 0.02);
    AdaptiveCoder coder = new AdaptiveCoder(ENGINE, below, layer);
    CodedImage coded = new CodedImage(image, coder.code(image));
    float[] gradient = coder.negativeGradient(coded).clone();
    for (int at : new int[] {0, 7, 26, 53, 100}) {
      double h = 1e-2;
      double slope =
          (halfSquaredError(below, layer, coded, at, h)
                  - halfSquaredError(below, layer, coded, at, -h))
              / (2 * h);
      assertThat(-(double) gradient[at]).isCloseTo(slope, within(2e-3 * Math.abs(slope) + 2e-3));
    }
  }

  private static double halfSquaredError(
      AdaptiveNetwork below, AdaptiveLayer layer, CodedImage coded, int at, double h) {
    FilterBank moved = layer.filters().copy();
    moved.data()[at] += (float) h;
    Reconstruction r =
        below.reconstruction(ENGINE, moved, coded.source().lower(), coded.source().image().shape());
    FeatureMaps out = FeatureMaps.zeros(r.range());
    r.applyEntries(coded.code().switches().index(), coded.code().pooled().data(), out);
    double sum = 0;
    for (int i = 0; i < out.data().length; i++) {
      double e = out.data()[i] - coded.source().image().data()[i];
      sum += e * e / 2;
    }
    return sum;
  }

  @Test
  void enoughConjugateGradientStepsSolveTheFilterProblem() {
    List<AdaptiveImage> images = images();
    FilterBank f = FilterInitializer.gaussian(Connectivity.full(4, 1), 5, 2);
    AdaptiveLayer layer = new AdaptiveLayer(f, FIRST.pool(), 4, 8, 0.02);
    LocalBatch batch = new LocalBatch(ENGINE, images);
    BatchSummary coded = batch.code(AdaptiveNetwork.empty(), layer);
    double[] x =
        new ConjugateGradient()
            .correction(d -> hessian(batch, layer, d), coded.negativeGradient(), 200);
    double[] hx = hessian(batch, layer, x);
    double left = 0;
    double right = 0;
    for (int i = 0; i < x.length; i++) {
      left += Math.pow(hx[i] - coded.negativeGradient()[i], 2);
      right += Math.pow(coded.negativeGradient()[i], 2);
    }
    assertThat(Math.sqrt(left / right)).isLessThan(1e-3);
  }

  private static double[] hessian(LocalBatch batch, AdaptiveLayer layer, double[] d) {
    FilterBank direction = FilterBank.zeros(layer.filters().connectivity(), 5);
    for (int i = 0; i < d.length; i++) {
      direction.data()[i] = (float) d[i];
    }
    return batch.curvature(AdaptiveNetwork.empty(), layer, direction);
  }

  private static TrainedLayer train(
      AdaptiveNetwork below, int channels, AdaptiveOptions options, List<AdaptiveImage> images) {
    return new LayerTrainer(ENGINE, new ConjugateGradient(), TrainingListener.SILENT, 5)
        .train(below, channels, options, BarImages.batches(ENGINE, images));
  }

  private static List<AdaptiveImage> images() {
    return BarImages.draw(1);
  }
}
