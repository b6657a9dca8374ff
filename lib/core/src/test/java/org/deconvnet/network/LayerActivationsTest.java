package org.deconvnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.deconvolutional.DeconvolutionalInference;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class LayerActivationsTest {
  private static final Shape IMAGE = new Shape(1, 37, 42);

  static AdaptiveNetwork network(int depth) {
    int[] maps = {6, 8, 7};
    int[] pooled = {3, 2, 1};
    int[] channels = {1, 2, 4};
    List<AdaptiveLayer> layers = new ArrayList<>();
    for (int l = 0; l < depth; l++) {
      layers.add(
          new AdaptiveLayer(
              FilterInitializer.gaussian(Connectivity.full(maps[l], channels[l]), 5, l),
              new PoolSize(3, 3, pooled[l]),
              50,
              4,
              0.01));
    }
    return new AdaptiveNetwork(layers);
  }

  private static DeconvolutionalStack stack() {
    return DeconvolutionalStack.empty(BetaSchedule.standard(), 1)
        .plus(layer(Connectivity.full(3, 1), 5), new MapScaling(0.3, 1.6))
        .plus(layer(Connectivity.singlesAndPairs(3), 4), new MapScaling(-1, 5));
  }

  private static DeconvolutionalLayer layer(Connectivity connectivity, int side) {
    return new DeconvolutionalLayer(
        FilterInitializer.gaussian(connectivity, side, side), 3, 0.7, 0.8);
  }

  static FeatureMaps image(long seed) {
    return EngineContract.maps(IMAGE, new Random(seed));
  }

  private static LayerActivations inferred(AdaptiveNetwork network, FeatureMaps image) {
    LayerActivations activations = network.activations(new ScalarConvolutionEngine());
    activations.infer(image);
    return activations;
  }

  @Test
  void strongestOfMapsIsThePooledCodesLargest() {
    AdaptiveNetwork network = network(2);
    LayerActivations activations = inferred(network, image(1));
    for (int number = 1; number <= 2; number++) {
      SparseCode code =
          new AdaptiveInference(new ScalarConvolutionEngine(), network)
              .codes(image(1))
              .get(number - 1);
      FeatureMaps z = FeatureMaps.zeros(code.switches().unpooled());
      code.switches().unpool(code.pooled(), z);
      List<Activation> strongest = activations.strongestOfMaps(number);
      assertThat(strongest).hasSize(z.maps());
      for (int map = 0; map < z.maps(); map++) {
        assertThat(strongest.get(map).strength()).isEqualTo(largest(z, map)).isPositive();
        assertThat(z.data()[strongest.get(map).index()]).isEqualTo(strongest.get(map).value());
      }
    }
  }

  private static float largest(FeatureMaps z, int map) {
    float largest = 0;
    for (int i = 0; i < z.shape().plane(); i++) {
      largest = Math.max(largest, Math.abs(z.data()[map * z.shape().plane() + i]));
    }
    return largest;
  }

  @Test
  void aMapWithoutActivationsHasOneOfZero() {
    LayerActivations activations = inferred(network(2), FeatureMaps.zeros(IMAGE));
    assertThat(activations.strongestOfMaps(2)).hasSize(8).allMatch(a -> a.value() == 0);
  }

  /** All activations together are the layer's reconstruction. */
  @Test
  void picturesOfAllActivationsAddUpToTheReconstruction() {
    AdaptiveNetwork network = network(3);
    AdaptiveInference inference = new AdaptiveInference(new ScalarConvolutionEngine(), network);
    List<AdaptiveInference.LayerResult> results = inference.infer(image(2));
    LayerActivations activations = inferred(network, image(2));
    for (int number = 1; number <= 3; number++) {
      SparseCode code = results.get(number - 1).code();
      FeatureMaps sum = FeatureMaps.zeros(IMAGE);
      for (int i = 0; i < code.switches().index().length; i++) {
        float value = code.pooled().data()[i];
        if (value != 0) {
          Activation one = new Activation(code.switches().index()[i], value);
          activations.inPixels(number, one).addTo(sum);
        }
      }
      FeatureMaps whole = results.get(number - 1).reconstruction();
      assertThat(sum.squaredDistance(whole)).isLessThan(1e-9 * whole.squaredNorm());
    }
  }

  /** Without switches and means, one entry of the code projected alone. */
  @Test
  void anActivationOfTheOlderNetworkIsItsOwnProjection() {
    DeconvolutionalStack stack = stack();
    LayerActivations activations = stack.activations(new ScalarConvolutionEngine());
    activations.infer(image(3));
    DeconvolutionalInference linear =
        new DeconvolutionalInference(new ScalarConvolutionEngine(), stack.withoutMeans());
    for (int number = 1; number <= 2; number++) {
      Shape maps =
          new DeconvolutionalInference(new ScalarConvolutionEngine(), stack)
              .codes(image(3))
              .get(number - 1)
              .shape();
      for (int inPlane : new int[] {0, maps.width() - 1, maps.plane() / 2 + 11, maps.plane() - 1}) {
        Activation one = new Activation((maps.maps() - 1) * maps.plane() + inPlane, -1.5f);
        FeatureMaps z = FeatureMaps.zeros(maps);
        z.data()[one.index()] = one.value();
        FeatureMaps expected = linear.project(number, z);
        FeatureMaps got = activations.inPixels(number, one).whole();
        for (int i = 0; i < got.data().length; i++) {
          assertThat(got.data()[i]).isCloseTo(expected.data()[i], within(1e-4f));
        }
        assertThat(got.squaredNorm()).isPositive();
      }
    }
  }

  @Test
  void projectionAndPatchShowTheSamePlace() {
    FeatureMaps image = image(4);
    LayerActivations activations = inferred(network(2), image);
    Activation strongest = activations.strongestOfMaps(2).get(3);
    ActivationPicture picture = ActivationPicture.of(activations, image, 2, strongest);
    assertThat(picture.patch().shape()).isEqualTo(new Shape(1, 19, 19));
    FeatureMaps pixels = activations.inPixels(2, strongest).whole();
    assertThat(picture.projection().squaredNorm())
        .isCloseTo(pixels.squaredNorm(), within(1e-9 * pixels.squaredNorm()));
    // Near a border the tile moves into the image and still shows everything.
    Activation corner = new Activation(0, 1);
    ActivationPicture atCorner = ActivationPicture.of(activations, image, 2, corner);
    assertThat(atCorner.patch().get(0, 0, 0)).isEqualTo(image.get(0, 0, 0));
    assertThat(atCorner.patch().get(0, 18, 18)).isEqualTo(image.get(0, 18, 18));
  }
}
