package org.deconvnet.network.deconvolutional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.solve.HalfQuadraticSplitting;
import org.deconvnet.solve.SolverOptions;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class DeconvolutionalLayerTest {
  private static final FilterBank FILTERS = FilterBank.zeros(Connectivity.singlesAndPairs(9), 7);

  @Test
  void mapsAreLargerThanWhatTheyReconstruct() {
    DeconvolutionalLayer layer = new DeconvolutionalLayer(FILTERS, 1, 1, 0.8);
    assertThat(layer.mapShape(new Shape(9, 106, 100))).isEqualTo(new Shape(45, 112, 106));
  }

  @Test
  void weightsAndExponentAreChecked() {
    assertThatThrownBy(() -> new DeconvolutionalLayer(FILTERS, 0, 1, 0.8))
        .hasMessage("lambda: expected a positive number, got 0.0");
    assertThatThrownBy(() -> new DeconvolutionalLayer(FILTERS, 1, -1, 0.8))
        .hasMessage("kappa: expected a positive number, got -1.0");
    assertThatThrownBy(() -> new DeconvolutionalLayer(FILTERS, 1, 1, 1.1))
        .hasMessage("alpha: expected 0 < alpha <= 1, got 1.1");
  }

  @Test
  void anImageSmallerThanTheFiltersIsNamed() {
    DeconvolutionalLayer layer =
        new DeconvolutionalLayer(FilterBank.zeros(Connectivity.full(6, 1), 5), 3, 0.7, 0.8);
    assertThatThrownBy(() -> solver(layer, new Shape(1, 9, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer 2: expected an image of at least the filters' 5 x 5, got 9 x 4");
    assertThatThrownBy(() -> solver(layer, new Shape(2, 9, 9)))
        .hasMessageContaining("channels: expected 1, got 2");
  }

  private static HalfQuadraticSplitting solver(DeconvolutionalLayer layer, Shape image) {
    return layer.solver(
        new ScalarConvolutionEngine(),
        BetaSchedule.standard(),
        SolverOptions.iterations(1),
        image,
        2);
  }

  @Test
  void everyChannelNeedsAMap() {
    Connectivity g = Connectivity.of(new boolean[][] {{true, false}});
    assertThatThrownBy(() -> new DeconvolutionalLayer(FilterBank.zeros(g, 3), 1, 1, 1))
        .hasMessageContaining("channel 1 is reconstructed by no map");
  }

  @Test
  void travelsBetweenMachines() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new DeconvolutionalLayer(FILTERS, 2, 3, 0.8));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      DeconvolutionalLayer layer = (DeconvolutionalLayer) in.readObject();
      assertThat(layer.filters().connectivity()).isEqualTo(FILTERS.connectivity());
      assertThat(layer.kappa()).isEqualTo(3);
    }
  }
}
