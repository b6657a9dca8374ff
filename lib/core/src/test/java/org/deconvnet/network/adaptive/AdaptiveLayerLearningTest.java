package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.dictionary.FilterNorm;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.solve.reference.ConjugateGradient;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;

class AdaptiveLayerLearningTest {
  private static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  private static final AdaptiveOptions FIRST =
      new AdaptiveOptions(4, 5, new PoolSize(2, 2, 2), 4, 8, 4, 4, 2, 0);
  private static final AdaptiveOptions SECOND =
      new AdaptiveOptions(6, 3, new PoolSize(2, 2, 1), 2, 8, 3, 4, 2, 0);

  @Test
  void aLayerAlsoLearnsToReconstructThePooledMapsBelowIt() {
    AdaptiveLayer one = train(AdaptiveNetwork.empty(), 1, FIRST, images());
    AdaptiveCoder coder = new AdaptiveCoding(AdaptiveNetwork.empty(), one).coder(ENGINE);
    List<AdaptiveImage> pooled =
        images().stream().map(image -> coder.code(image).pooledAsImage()).toList();
    assertThat(pooled).allMatch(image -> image.image().maps() == 2 && image.lower().isEmpty());
    List<Integer> heard = new ArrayList<>();
    TrainingListener listener = (progress, batch, batches) -> heard.add(progress.layer());
    AdaptiveLayerLearning second =
        new AdaptiveLayerLearning(
            ENGINE, new ConjugateGradient(), 5, 2, AdaptiveNetwork.empty(), 2, SECOND);
    List<LayerProgress> epochs =
        new Learner<>(second, listener).learn(BarImages.batches(ENGINE, pooled)).epochs();
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
    return AdaptiveNetwork.empty()
        .plus(train(AdaptiveNetwork.empty(), 1, FIRST, images(), seed))
        .fingerprint();
  }

  @Test
  void planesKeepUnitNormWhereTheUserAsksForThat() {
    AdaptiveNetwork below =
        AdaptiveNetwork.empty().plus(train(AdaptiveNetwork.empty(), 1, FIRST, images()));
    AdaptiveOptions planes = SECOND.with(SECOND.batchSize(), 2, FilterNorm.PLANE, Shrinkage.PLAIN);
    AdaptiveLayer layer = train(below, 2, planes, BarImages.under(ENGINE, below, images()));
    FilterBank again = FilterNorm.PLANE.project(layer.filters());
    assertThat(layer.filters().data()).containsExactly(again.data(), within(1e-5f));
    assertThat(layer.filters().norm(0)).as("two planes").isCloseTo(Math.sqrt(2), within(1e-5));
    assertThat(AdaptiveOptions.identity(List.of(planes))).contains("norm=PLANE");
    assertThat(AdaptiveOptions.identity(List.of(SECOND))).doesNotContain("norm", "shrinkage");
    AdaptiveOptions fast = SECOND.with(2, 2, FilterNorm.FILTER, new Shrinkage(true, false));
    assertThat(AdaptiveOptions.identity(List.of(fast))).contains("momentum=true");
  }

  @Test
  void negativeGradientIsTheDerivativeOfTheDataTermThroughTwoLayers() {
    AdaptiveNetwork below =
        AdaptiveNetwork.empty().plus(train(AdaptiveNetwork.empty(), 1, FIRST, images()));
    AdaptiveImage image = BarImages.under(ENGINE, below, images()).get(0);
    FilterBank f = FilterInitializer.gaussian(Connectivity.full(6, 2), 3, 1);
    AdaptiveLayer layer = new AdaptiveLayer(f, SECOND.pool(), 2, 5, 0.02);
    AdaptiveCoder coder = new AdaptiveCoding(below, layer).coder(ENGINE);
    AdaptiveImage coded = coder.code(image);
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
      AdaptiveNetwork below, AdaptiveLayer layer, AdaptiveImage coded, int at, double h) {
    FilterBank moved = layer.filters().copy();
    moved.data()[at] += (float) h;
    Reconstruction r = below.reconstruction(ENGINE, moved, coded.lower(), coded.image().shape());
    FeatureMaps out = FeatureMaps.zeros(r.range());
    r.applyEntries(coded.code().switches().index(), coded.code().pooled().data(), out);
    double sum = 0;
    for (int i = 0; i < out.data().length; i++) {
      double e = out.data()[i] - coded.image().data()[i];
      sum += e * e / 2;
    }
    return sum;
  }

  @Test
  void enoughConjugateGradientStepsSolveTheFilterProblem() {
    List<AdaptiveImage> images = images();
    FilterBank f = FilterInitializer.gaussian(Connectivity.full(4, 1), 5, 2);
    AdaptiveLayer layer = new AdaptiveLayer(f, FIRST.pool(), 4, 8, 0.02);
    LocalBatch<AdaptiveImage, AdaptiveCoding> batch = BarImages.batch(ENGINE, images);
    BatchSummary coded =
        batch.code(
            new AdaptiveCoding(AdaptiveNetwork.empty(), layer), AdaptiveLayerLearning::summarise);
    FilterHessian hessian = new FilterHessian(batch, f);
    double[] x = new ConjugateGradient().correction(hessian, coded.negativeGradient(), 200);
    double[] hx = hessian.product(x);
    double left = 0;
    double right = 0;
    for (int i = 0; i < x.length; i++) {
      left += Math.pow(hx[i] - coded.negativeGradient()[i], 2);
      right += Math.pow(coded.negativeGradient()[i], 2);
    }
    assertThat(Math.sqrt(left / right)).isLessThan(1e-3);
  }

  private static AdaptiveLayer train(
      AdaptiveNetwork below, int channels, AdaptiveOptions options, List<AdaptiveImage> images) {
    return train(below, channels, options, images, 5);
  }

  private static AdaptiveLayer train(
      AdaptiveNetwork below,
      int channels,
      AdaptiveOptions options,
      List<AdaptiveImage> images,
      long seed) {
    AdaptiveLayerLearning learning =
        new AdaptiveLayerLearning(
            ENGINE, new ConjugateGradient(), seed, below.depth() + 1, below, channels, options);
    var batches = BarImages.batches(ENGINE, images);
    LayerState end = new Learner<>(learning, TrainingListener.SILENT).learn(batches);
    return learning.finished(end, batches).layer();
  }

  private static List<AdaptiveImage> images() {
    return BarImages.draw(1);
  }
}
