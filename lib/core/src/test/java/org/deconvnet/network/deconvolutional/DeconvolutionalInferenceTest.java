package org.deconvnet.network.deconvolutional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.HalfQuadraticSplitting;
import org.deconvnet.solve.SolverOptions;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class DeconvolutionalInferenceTest {
  private static final BetaSchedule SCHEDULE = BetaSchedule.standard();
  private static final DeconvolutionalStack STACK = stack(2);
  private static final Shape SHAPE = new Shape(3, 11, 14);

  private static DeconvolutionalStack stack(int passes) {
    return DeconvolutionalStack.empty(SCHEDULE, passes)
        .plus(layer(Connectivity.full(4, 3), 5), new MapScaling(0.02, 1.7))
        .plus(layer(Connectivity.singlesAndPairs(4), 3), new MapScaling(0, 1));
  }

  private static DeconvolutionalLayer layer(Connectivity connectivity, int side) {
    return new DeconvolutionalLayer(
        FilterInitializer.gaussian(connectivity, side, side), 3, 0.7, 0.8);
  }

  private static FeatureMaps image(Shape shape, long seed) {
    return EngineContract.maps(shape, new Random(seed));
  }

  private static DeconvolutionalInference inference(DeconvolutionalStack stack) {
    return new DeconvolutionalInference(new ScalarConvolutionEngine(), stack);
  }

  @Test
  void layersAreInferredOneAfterTheOtherWithAllPasses() {
    FeatureMaps image = image(SHAPE, 1);
    DeconvolutionalInference inference = inference(STACK);
    List<FeatureMaps> codes = inference.codes(image);

    FeatureMaps input = image;
    for (int number = 1; number <= 2; number++) {
      DeconvolutionalLayer layer = STACK.layer(number);
      FeatureMaps z = FeatureMaps.zeros(layer.mapShape(input.shape()));
      HalfQuadraticSplitting hqs =
          layer.solver(
              new ScalarConvolutionEngine(),
              SCHEDULE,
              SolverOptions.iterations(1),
              input.shape(),
              number);
      hqs.solve(input, z);
      CodeTrace trace = hqs.solve(input, z);
      assertThat(codes.get(number - 1).data()).isEqualTo(z.data());
      assertThat(inference.traces().get(number - 1)).isEqualTo(trace);
      input = STACK.scaling(number).apply(z);
    }
    assertThat(codes.get(1).shape()).isEqualTo(new Shape(10, 11 + 4 + 2, 14 + 4 + 2));
  }

  @Test
  void aSecondPassLowersTheObjective() {
    FeatureMaps image = image(SHAPE, 1);
    DeconvolutionalInference once = inference(stack(1));
    DeconvolutionalInference twice = inference(stack(2));
    assertThat(once.traces()).isEmpty();
    once.codes(image);
    twice.codes(image);
    assertThat(twice.traces().get(0).objective()).isLessThan(once.traces().get(0).objective());
  }

  @Test
  void aWorkspaceThatOtherImagesUsedShowsNoTraceOfThem() {
    DeconvolutionalInference used = inference(STACK);
    for (Shape shape : List.of(SHAPE, SHAPE, new Shape(3, 9, 7))) {
      List<FeatureMaps> earlier = used.codes(image(shape, 2));
      float[] before = earlier.get(1).data().clone();
      List<FeatureMaps> got = used.codes(image(shape, 3));
      List<FeatureMaps> expected = inference(STACK).codes(image(shape, 3));
      assertThat(got.get(0).data()).isEqualTo(expected.get(0).data());
      assertThat(got.get(1).data()).isEqualTo(expected.get(1).data());
      assertThat(earlier.get(1).data()).isEqualTo(before);
    }
  }

  @Test
  void layerOneIsProjectedByItsFiltersAlone() {
    FeatureMaps z = image(new Shape(4, 15, 18), 4);
    FeatureMaps expected = FeatureMaps.zeros(SHAPE);
    new ScalarConvolutionEngine().synthesize(STACK.layer(1).filters(), z, expected);
    assertThat(inference(STACK).project(1, z).data()).isEqualTo(expected.data());
  }

  /** Filters of one number make each layer a product, so the projection can be done by hand. */
  @Test
  void twoLayersByHand() {
    FilterBank first = FilterBank.of(Connectivity.full(2, 1), 1, new float[] {2, -3});
    Connectivity partly = Connectivity.of(new boolean[][] {{true, false}, {true, true}});
    FilterBank second = FilterBank.of(partly, 1, new float[] {5, 0, 1, 4});
    DeconvolutionalStack stack =
        DeconvolutionalStack.empty(SCHEDULE, 1)
            .plus(new DeconvolutionalLayer(first, 1, 1, 1), new MapScaling(0.25, 8))
            .plus(new DeconvolutionalLayer(second, 1, 1, 1), new MapScaling(9, 9));
    FeatureMaps z = FeatureMaps.of(new Shape(2, 1, 2), new float[] {1, 0, 2, 0});

    // Scaled codes (5·1 + 1·2, 4·2) = (7, 8); codes · 8/2 + 0.25 = (28.25, 32.25); 0.25 each
    // beside.
    float[] byHand = {2 * 28.25f - 3 * 32.25f, 2 * 0.25f - 3 * 0.25f};
    assertThat(inference(stack).project(2, z).data()).containsExactly(byHand, within(1e-5f));
    float[] linear = {2 * 28 - 3 * 32, 0};
    assertThat(inference(stack.withoutMeans()).project(2, z).data())
        .containsExactly(linear, within(1e-5f));
  }

  @Test
  void theTopCodeReconstructsTheImageThroughBothLayers() {
    FeatureMaps image = image(SHAPE, 6);
    DeconvolutionalStack close =
        DeconvolutionalStack.empty(SCHEDULE, 3)
            .plus(heavy(STACK.layer(1)), STACK.scaling(1))
            .plus(heavy(STACK.layer(2)), STACK.scaling(2));
    DeconvolutionalInference inference = inference(close);
    List<FeatureMaps> codes = inference.codes(image);
    double norm = image.squaredNorm();
    for (int number = 1; number <= 2; number++) {
      FeatureMaps back = inference.project(number, codes.get(number - 1));
      assertThat(back.squaredDistance(image)).as("layer %d", number).isLessThan(0.01 * norm);
    }
  }

  private static DeconvolutionalLayer heavy(DeconvolutionalLayer layer) {
    return new DeconvolutionalLayer(layer.filters(), 1e4, layer.kappa(), layer.alpha());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    DeconvolutionalStack wide =
        STACK.plus(layer(Connectivity.randomPairs(6, 10, 1), 12), new MapScaling(0, 1));
    assertThatThrownBy(() -> inference(STACK).codes(image(new Shape(3, 8, 4), 1)))
        .hasMessage(
            "image: expected at least 5 x 5, which the 5 x 5 filters of layer 1 need, got 8 x 4");
    // The maps of layer 2 are 5 + 4 + 2 = 11 wide.
    assertThatThrownBy(() -> inference(wide).codes(image(new Shape(3, 5, 9), 1)))
        .hasMessage(
            "image: expected at least 6 x 6, which the 12 x 12 filters of layer 3 need, got 5 x 9");
    assertThatThrownBy(() -> inference(STACK).codes(image(new Shape(1, 20, 20), 1)))
        .hasMessage("image: channels, for layer 1: expected 3, got 1");
    assertThatThrownBy(() -> inference(STACK).project(3, image(SHAPE, 1)))
        .hasMessage("stack: expected a layer from 1 to 2, got 3");
    assertThatThrownBy(() -> inference(STACK).project(2, image(SHAPE, 1)))
        .hasMessage("layer 2: maps of the code: expected 10, got 3");
  }
}
