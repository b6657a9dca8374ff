package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.adaptive.AdaptiveInference.LayerResult;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class AdaptiveInferenceTest {
  static final AdaptiveNetwork NETWORK =
      new AdaptiveNetwork(
          List.of(
              new AdaptiveLayer(
                  FilterInitializer.gaussian(Connectivity.full(5, 1), 5, 1),
                  new PoolSize(3, 3, 2),
                  50,
                  3,
                  0.01),
              new AdaptiveLayer(
                  FilterInitializer.gaussian(Connectivity.full(7, 3), 3, 2),
                  new PoolSize(2, 2, 2),
                  50,
                  3,
                  0.01)));

  @Test
  void aWorkspaceThatOtherImagesUsedShowsNoTraceOfThem() {
    AdaptiveInference used = inference();
    for (Shape shape : List.of(new Shape(1, 17, 22), new Shape(1, 17, 22), new Shape(1, 12, 9))) {
      FeatureMaps image = EngineContract.maps(shape, new Random(shape.size()));
      used.infer(EngineContract.maps(shape, new Random(5)));
      List<LayerResult> got = used.infer(image);
      List<LayerResult> expected = inference().infer(image);
      List<SparseCode> codes = used.codes(image);
      for (int l = 0; l < NETWORK.depth(); l++) {
        same(got.get(l).code(), expected.get(l).code());
        same(codes.get(l), expected.get(l).code());
        assertThat(got.get(l).responses().data()).isEqualTo(expected.get(l).responses().data());
        assertThat(got.get(l).reconstruction().data())
            .isEqualTo(expected.get(l).reconstruction().data());
      }
    }
  }

  @Test
  void resultsStayAsTheyAreWhenTheNextImageComes() {
    AdaptiveInference inference = inference();
    FeatureMaps image = EngineContract.maps(new Shape(1, 17, 22), new Random(1));
    SparseCode top = inference.codes(image).get(1);
    float[] pooled = top.pooled().data().clone();
    int[] index = top.switches().index().clone();
    inference.codes(EngineContract.maps(image.shape(), new Random(2)));
    assertThat(top.pooled().data()).isEqualTo(pooled);
    assertThat(top.switches().index()).isEqualTo(index);
    assertThat(top.pooled().nonZeros()).isPositive();
  }

  private static void same(SparseCode got, SparseCode expected) {
    assertThat(got.pooled().data()).isEqualTo(expected.pooled().data());
    assertThat(got.switches().index()).isEqualTo(expected.switches().index());
    assertThat(got.trace()).isEqualTo(expected.trace());
  }

  private static AdaptiveInference inference() {
    return new AdaptiveInference(new ScalarConvolutionEngine(), NETWORK);
  }
}
