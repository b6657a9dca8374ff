package org.deconvnet.network.deconvolutional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class MapScalingTest {
  @Test
  void isTheRescaleOfThePaperStepByStep() {
    FeatureMaps codes = EngineContract.maps(new Shape(3, 4, 5), new Random(8));
    double min = Double.MAX_VALUE;
    double max = -Double.MAX_VALUE;
    double mean = 0;
    for (float v : codes.data()) {
      min = Math.min(min, v);
      max = Math.max(max, v);
      mean += v / (double) codes.data().length;
    }
    double meanOfDoubled = 2 * (mean - min) / (max - min);

    FeatureMaps scaled = new MapScaling(mean, max - min).apply(codes);

    assertThat(scaled.shape()).isEqualTo(codes.shape());
    for (int i = 0; i < codes.data().length; i++) {
      double expected = (codes.data()[i] - min) / (max - min) * 2 - meanOfDoubled;
      assertThat((double) scaled.data()[i]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void invertTakesApplyBackAndNeitherChangesItsArgument() {
    FeatureMaps codes = EngineContract.maps(new Shape(2, 3, 7), new Random(9));
    FeatureMaps before = codes.copy();
    MapScaling scaling = new MapScaling(-0.4, 3.7);
    FeatureMaps back = scaling.invert(scaling.apply(codes));
    for (int i = 0; i < back.data().length; i++) {
      assertThat(back.data()[i]).isCloseTo(codes.data()[i], within(1e-6f));
    }
    assertThat(codes.data()).isEqualTo(before.data());
    assertThat(scaling.withoutMean()).isEqualTo(new MapScaling(0, 3.7));
  }

  @Test
  void codesThatSayNothingAreRefused() {
    assertThatThrownBy(() -> new MapScaling(1, 0))
        .hasMessageContaining("all codes of the layer are equal: expected a positive range");
    assertThatThrownBy(() -> new MapScaling(1, -2))
        .hasMessage("map scaling: range: expected a positive number, got -2.0");
    assertThatThrownBy(() -> new MapScaling(1, Double.NaN)).hasMessageContaining("got NaN");
    assertThatThrownBy(() -> new MapScaling(Double.NEGATIVE_INFINITY, 1))
        .hasMessage("map scaling: expected a finite mean, got -Infinity");
  }
}
