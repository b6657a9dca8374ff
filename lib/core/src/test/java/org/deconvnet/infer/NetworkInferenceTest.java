package org.deconvnet.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.deconvnet.conv.EngineContract;
import org.deconvnet.conv.ScalarConvolutionEngine;
import org.deconvnet.infer.NetworkInference.LayerResult;
import org.deconvnet.layer.Layer;
import org.deconvnet.layer.Network;
import org.deconvnet.learn.FilterInitializer;
import org.deconvnet.pool.PoolSize;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class NetworkInferenceTest {
  static final Network NETWORK =
      new Network(
          List.of(
              new Layer(
                  FilterInitializer.gaussian(Connectivity.full(5, 1), 5, 1),
                  new PoolSize(3, 3, 2),
                  50,
                  3,
                  0.01),
              new Layer(
                  FilterInitializer.gaussian(Connectivity.full(7, 3), 3, 2),
                  new PoolSize(2, 2, 2),
                  50,
                  3,
                  0.01)));

  @Test
  void aWorkspaceThatOtherImagesUsedShowsNoTraceOfThem() {
    NetworkInference used = inference();
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
    NetworkInference inference = inference();
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

  private static NetworkInference inference() {
    return new NetworkInference(new ScalarConvolutionEngine(), NETWORK);
  }
}
