package org.deconvnet.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.network.deconvolutional.DeconvolutionalInference;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class DeconvolutionalPicturesTest {
  private static final int GAP = TileGrid.GAP;

  private static DeconvolutionalStack random(int channels) {
    return DeconvolutionalStack.empty(BetaSchedule.standard(), 1)
        .plus(layer(Connectivity.full(3, channels), 5), new MapScaling(0.3, 1.6))
        .plus(layer(Connectivity.singlesAndPairs(3), 3), new MapScaling(-1, 5))
        .plus(layer(Connectivity.randomPairs(7, 6, 1), 4), new MapScaling(0, 1));
  }

  private static DeconvolutionalLayer layer(Connectivity connectivity, int side) {
    return new DeconvolutionalLayer(
        FilterInitializer.gaussian(connectivity, side, side), 3, 0.7, 0.8);
  }

  private static List<FeatureMaps> row(DeconvolutionalStack stack, FeatureMaps image) {
    List<FeatureMaps> row = new ArrayList<>(List.of(image));
    row.addAll(stack.reconstructions(new ScalarConvolutionEngine()).of(image));
    return row;
  }

  private static FilterPictures pictures(DeconvolutionalStack stack) {
    return stack.filterPictures(new ScalarConvolutionEngine(), List.of());
  }

  @Test
  void pictureOfALayerOneFilterIsTheFilter() {
    DeconvolutionalStack stack = random(3);
    List<FeatureMaps> tiles = pictures(stack).of(1);
    FilterBank f = stack.layer(1).filters();
    assertThat(tiles).hasSize(3);
    for (int k = 0; k < 3; k++) {
      assertThat(tiles.get(k).shape()).isEqualTo(new Shape(3, 5, 5));
      for (int i = 0; i < 75; i++) {
        assertThat(tiles.get(k).data()[i]).isEqualTo(f.data()[f.offset(k, 0) + i]);
      }
    }
  }

  /** Anywhere in a large code an entry adds the same picture, and the means add the rest. */
  @Test
  void pictureIsWhatOneEntryAddsToAnyProjection() {
    DeconvolutionalStack stack = random(1);
    DeconvolutionalInference inference =
        new DeconvolutionalInference(new ScalarConvolutionEngine(), stack);
    FeatureMaps code = EngineContract.maps(new Shape(7, 33, 31), new Random(2));
    FeatureMaps more = code.copy();
    more.set(4, 15, 17, more.get(4, 15, 17) + 1);
    FeatureMaps before = inference.project(3, code);
    FeatureMaps after = inference.project(3, more);
    FeatureMaps tile = pictures(stack).of(3).get(4);

    assertThat(tile.shape()).isEqualTo(new Shape(1, 10, 10));
    for (int y = 0; y < before.height(); y++) {
      for (int x = 0; x < before.width(); x++) {
        int row = y - 15 + 9;
        int column = x - 17 + 9;
        boolean inside = row >= 0 && row < 10 && column >= 0 && column < 10;
        float expected = inside ? tile.get(0, row, column) : 0;
        assertThat(after.get(0, y, x) - before.get(0, y, x)).isCloseTo(expected, within(1e-4f));
      }
    }
  }

  @Test
  void aPlantedStripeShowsUpInEachLayersMosaic() {
    BufferedImage first = FilterMosaic.draw(pictures(stripes()).of(1), 2, 1);
    BufferedImage second = FilterMosaic.draw(pictures(stripes()).of(2), 3, 2);

    // Filter 0 is a red column between cyan ones, filter 1 a white row between black ones.
    assertThat(column(first, GAP, 0)).containsExactly(0x00FFFF, 0xFF0000, 0x00FFFF);
    assertThat(column(first, GAP, 2)).containsExactly(0x00FFFF, 0xFF0000, 0x00FFFF);
    int beside = 2 * GAP + 3;
    assertThat(column(first, beside, 0)).containsExactly(0x000000, 0x000000, 0x000000);
    assertThat(column(first, beside, 1)).containsExactly(0xFFFFFF, 0xFFFFFF, 0xFFFFFF);

    // Map 2 of layer 2 joins both at opposite corners, five by five numbers of two pixels. Where
    // they overlap red is twice as far below zero as elsewhere, which halves all other tones.
    assertThat(second.getWidth()).isEqualTo(4 * GAP + 3 * 10);
    int third = 3 * GAP + 2 * 10;
    assertThat(second.getRGB(third + 2, GAP + 2) & 0xFFFFFF).isEqualTo(0xC04040);
    assertThat(second.getRGB(third + 4, GAP + 4) & 0xFFFFFF).isEqualTo(0x008080);
    assertThat(second.getRGB(third + 6, GAP + 6) & 0xFFFFFF).isEqualTo(0xC0C0C0);
  }

  private static int[] column(BufferedImage picture, int left, int row) {
    int[] rgb = new int[3];
    for (int i = 0; i < 3; i++) {
      rgb[i] = picture.getRGB(left + i, GAP + row) & 0xFFFFFF;
    }
    return rgb;
  }

  /** A red column and a white row; above them each alone, and both at opposite corners. */
  private static DeconvolutionalStack stripes() {
    FilterBank first = FilterBank.zeros(Connectivity.full(2, 3), 3);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 9; i++) {
        float across = i % 3 == 1 ? 1 : -1;
        first.data()[first.offset(0, c) + i] = c == 0 ? across : -across;
        first.data()[first.offset(1, c) + i] = i / 3 == 1 ? 1 : -1;
      }
    }
    FilterBank second = FilterBank.zeros(Connectivity.singlesAndPairs(2), 3);
    second.data()[second.offset(0, 0) + 4] = 1;
    second.data()[second.offset(1, 1) + 4] = 1;
    second.data()[second.offset(2, 0)] = 1;
    second.data()[second.offset(2, 1) + 8] = 1;
    return DeconvolutionalStack.empty(BetaSchedule.standard(), 1)
        .plus(new DeconvolutionalLayer(first, 1, 1, 1), new MapScaling(3, 2))
        .plus(new DeconvolutionalLayer(second, 1, 1, 1), new MapScaling(0, 1));
  }

  @Test
  void aRowIsTheImageAndTheProjectionFromEachLayer() {
    DeconvolutionalStack stack = random(1);
    FeatureMaps image = EngineContract.maps(new Shape(1, 9, 12), new Random(3));
    List<FeatureMaps> row = row(stack, image);
    DeconvolutionalInference inference =
        new DeconvolutionalInference(new ScalarConvolutionEngine(), stack);
    FeatureMaps top = inference.codes(image).get(2);

    assertThat(row).hasSize(4).allMatch(picture -> picture.shape().equals(image.shape()));
    assertThat(row.get(0)).isSameAs(image);
    assertThat(row.get(3).data()).isEqualTo(inference.project(3, top).data());
    BufferedImage sheet =
        ReconstructionSheet.draw(List.of(row(stack, image), row(stack, image)), 2);
    assertThat(sheet.getWidth()).isEqualTo(4 * 24 + 5 * GAP);
    assertThat(sheet.getHeight()).isEqualTo(2 * 18 + 3 * GAP);
  }

  @Test
  void whatCannotBeDrawnIsNamed() {
    assertThatThrownBy(() -> FilterMosaic.draw(pictures(random(2)).of(1), 3, 1))
        .hasMessage("mosaic: tile 0: expected 1 map (grey) or 3 maps (RGB), got shape 2x5x5");
    assertThatThrownBy(() -> pictures(random(1)).of(4))
        .hasMessage("stack: expected a layer from 1 to 3, got 4");
  }
}
