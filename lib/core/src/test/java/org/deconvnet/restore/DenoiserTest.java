package org.deconvnet.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.network.Network;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.deconvolutional.DeconvolutionalInference;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class DenoiserTest {
  private static final PreprocessOptions PIXELS =
      PreprocessOptions.DEFAULTS.withLocalContrast(false).withLongestSide(0);
  private static final FilterBank FILTERS =
      FilterInitializer.gaussian(Connectivity.full(4, 1), 3, 1);
  private static final FeatureMaps IMAGE = EngineContract.maps(new Shape(1, 12, 15), new Random(1));

  private static DeconvolutionalStack stack(double lambda) {
    return DeconvolutionalStack.empty(BetaSchedule.standard(), 1)
        .plus(new DeconvolutionalLayer(FILTERS, lambda, 1, 0.8), new MapScaling(0.1, 2))
        .plus(
            new DeconvolutionalLayer(
                FilterInitializer.gaussian(Connectivity.singlesAndPairs(4), 3, 2), 50, 1, 0.8),
            new MapScaling(0, 1));
  }

  private static LayerReconstructions by(Network network) {
    return network.reconstructions(new ScalarConvolutionEngine());
  }

  @Test
  void layersOfAStackAreItsProjections() {
    DeconvolutionalInference inference =
        new DeconvolutionalInference(new ScalarConvolutionEngine(), stack(20));
    List<FeatureMaps> codes = inference.codes(IMAGE);
    List<FeatureMaps> got = by(stack(20)).of(IMAGE);
    assertThat(got).hasSize(2);
    assertThat(got.get(0).data()).isEqualTo(inference.project(1, codes.get(0)).data());
    assertThat(got.get(1).data()).isEqualTo(inference.project(2, codes.get(1)).data());
  }

  @Test
  void layersOfAnAdaptiveNetworkAreItsReconstructions() {
    AdaptiveNetwork network =
        new AdaptiveNetwork(
            List.of(new AdaptiveLayer(FILTERS, new PoolSize(2, 2, 2), 50, 3, 0.01)));
    FeatureMaps expected =
        new AdaptiveInference(new ScalarConvolutionEngine(), network)
            .infer(IMAGE)
            .get(0)
            .reconstruction();
    assertThat(by(network).of(IMAGE).get(0).data()).isEqualTo(expected.data());
  }

  @Test
  void theMeanIsTakenBeforeInferenceAndGivenBack() {
    PreprocessOptions centring = PIXELS.withSubtractMean(true);
    FeatureMaps bright = IMAGE.copy();
    for (int i = 0; i < bright.data().length; i++) {
      bright.data()[i] += 8;
    }
    FeatureMaps dark = new Denoiser(by(stack(20)), centring).denoise(IMAGE).get(1);
    FeatureMaps got = new Denoiser(by(stack(20)), centring).denoise(bright).get(1);
    for (int i = 0; i < got.data().length; i++) {
      assertThat(got.data()[i] - 8).isCloseTo(dark.data()[i], within(1e-3f));
    }
  }

  @Test
  void withoutAMeanToSubtractTheNetworkSeesThePixels() {
    FeatureMaps got =
        new Denoiser(by(stack(20)), PIXELS.withSubtractMean(false)).denoise(IMAGE).get(0);
    assertThat(got.data()).isEqualTo(by(stack(20)).of(IMAGE).get(0).data());
  }

  @Test
  void otherWeightsAreThoseOfAStackBuiltWithThem() {
    DeconvolutionalStack other = stack(20).withLambdas(List.of(3.0, 50.0));
    assertThat(other.fingerprint()).isEqualTo(stack(3).fingerprint());
    assertThatThrownBy(() -> stack(20).withLambdas(List.of(3.0)))
        .hasMessage("lambda: weights, one a layer: expected 2, got 1");
  }

  @Test
  void preprocessingThatLosesPixelsIsNamed() {
    PreprocessOptions lost = PreprocessOptions.DEFAULTS.withPadToSquare(true);
    assertThatThrownBy(() -> new Denoiser(by(stack(20)), lost))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "got localContrast: true (border: reflect, deviationFloor: 0.0), longestSide: 150, padToSquare: true");
  }

  @Test
  void localMeansAreGivenBackToo() {
    PreprocessOptions subtracting = PIXELS.withLocalContrast(true).withDeviationFloor(1);
    LayerReconstructions nothing = image -> List.of(FeatureMaps.zeros(image.shape()));
    LayerReconstructions everything = image -> List.of(image.copy());
    FeatureMaps pixels = pixels();
    FeatureMaps whole = new Denoiser(everything, subtracting).denoise(pixels).get(0);
    assertThat(whole.squaredDistance(pixels)).isLessThan(1e-10);
    FeatureMaps shades = new Denoiser(nothing, subtracting).denoise(pixels).get(0);
    assertThat(shades.squaredDistance(pixels)).isGreaterThan(1);
    assertThat(ReconstructionQuality.of(pixels, shades).psnr()).isGreaterThan(8);
  }

  /** Uniform in [0, 1]. */
  private static FeatureMaps pixels() {
    Random random = new Random(4);
    FeatureMaps pixels = FeatureMaps.zeros(new Shape(1, 20, 25));
    for (int i = 0; i < pixels.data().length; i++) {
      pixels.data()[i] = random.nextFloat();
    }
    return pixels;
  }
}
