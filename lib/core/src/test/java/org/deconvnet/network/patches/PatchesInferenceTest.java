package org.deconvnet.network.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.store.StateArchive;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchesInferenceTest {
  private static final int SIDE = PlantedWords.SIDE;
  private static final double LAMBDA = 0.3;

  private static PatchesLayer layer(int step, int channels, boolean nonNegative) {
    return PlantedWords.layer(
        PlantedWords.coding(PlantedWords.whitened(step), LAMBDA, nonNegative), channels);
  }

  private static PatchesInference inference(PatchesLayer layer) {
    return new PatchesInference(PlantedWords.ENGINE, layer);
  }

  /** What a window's slope Bᵀ(w − B h) may be where its code is h. */
  @ParameterizedTest
  @CsvSource({"1,1,false", "1,1,true", "3,1,false", "2,3,false", "4,3,true"})
  void everyCodeIsOptimalForItsWindow(int step, int channels, boolean nonNegative) {
    PatchesLayer layer = layer(step, channels, nonNegative);
    FeatureMaps image = PlantedWords.picture(new Shape(channels, 17, 22), 5);
    PatchesInference.Coded coded = inference(layer).code(image);
    FeatureMaps code = coded.code().dense();
    assertThat(code.shape()).isEqualTo(new Shape(PlantedWords.WORDS, 14, 19));
    assertThat(coded.code().entries()).isPositive();
    double objective = 0;
    int windows = 0;
    WindowGrid grid = layer.coding().windows().grid(image.shape());
    for (int row : grid.rows()) {
      for (int column : grid.columns()) {
        objective += requireOptimal(layer, image, code, row, column);
        windows++;
      }
    }
    assertThat(coded.trace().objective()).isCloseTo(objective, within(1e-4 * objective));
    assertThat(coded.trace().entries()).isEqualTo((long) windows * PlantedWords.WORDS);
    assertThat(coded.trace().nonZeros()).isEqualTo(code.nonZeros());
    assertThat(coded.trace().gap()).isBetween(-1e-6 * objective, 1e-2 * objective);
  }

  /** Returns the window's objective. */
  private static double requireOptimal(
      PatchesLayer layer, FeatureMaps image, FeatureMaps code, int row, int column) {
    WindowOptions options = layer.coding().windows();
    FeatureMaps window = Windows.at(image, options, new int[] {row}, new int[] {column});
    layer.whitening().apply(PlantedWords.ENGINE.kernels(), window);
    FilterBank words = layer.columns();
    double[] residual = new double[words.channels()];
    double sparsity = 0;
    for (int i = 0; i < residual.length; i++) {
      residual[i] = window.data()[i];
      for (int k = 0; k < words.maps(); k++) {
        residual[i] -= code.get(k, row, column) * words.get(k, i, 0, 0);
      }
    }
    double squares = 0;
    for (double r : residual) {
      squares += r * r;
    }
    for (int k = 0; k < words.maps(); k++) {
      double slope = 0;
      for (int i = 0; i < residual.length; i++) {
        slope += residual[i] * words.get(k, i, 0, 0);
      }
      float h = code.get(k, row, column);
      sparsity += LAMBDA * Math.abs(h);
      if (h != 0) {
        assertThat(slope).isCloseTo(Math.signum(h) * LAMBDA, within(1e-3));
      } else {
        assertThat(layer.coding().nonNegative() ? slope : Math.abs(slope))
            .isLessThan(LAMBDA + 1e-3);
      }
    }
    return squares / 2 + sparsity;
  }

  @Test
  void gridsCoverOddSizesAndCodeOnlyTheirWindows() {
    WindowGrid grid = WindowGrid.of(new Shape(1, 11, 17), 4, 3);
    assertThat(grid.rows()).containsExactly(0, 3, 6, 7);
    assertThat(grid.columns()).containsExactly(0, 3, 6, 9, 12, 13);
    FeatureMaps cover = grid.cover();
    float least = Float.MAX_VALUE;
    double sum = 0;
    for (float windows : cover.data()) {
      least = Math.min(least, windows);
      sum += windows;
    }
    assertThat(least).isEqualTo(1);
    assertThat(sum).isEqualTo(16.0 * grid.windows());
    SparseMaps code =
        inference(layer(3, 1, false)).code(PlantedWords.picture(new Shape(1, 11, 17), 2)).code();
    for (int e = 0; e < code.entries(); e++) {
      assertThat(grid.rows()).contains(code.row(e));
      assertThat(grid.columns()).contains(code.column(e));
    }
  }

  @Test
  void largeImagesAreCodedInBandsAsSmallOnesAre() {
    PatchesLayer layer = layer(1, 1, false);
    FeatureMaps wide = PlantedWords.picture(new Shape(1, 9, 403), 3);
    SparseMaps code = inference(layer).code(wide).code();
    FeatureMaps part = FeatureMaps.zeros(new Shape(1, 9, 5));
    for (int y = 0; y < 9; y++) {
      System.arraycopy(wide.data(), wide.index(0, y, 398), part.data(), 5 * y, 5);
    }
    FeatureMaps alone = inference(layer).code(part).code().dense();
    FeatureMaps whole = code.dense();
    for (int k = 0; k < PlantedWords.WORDS; k++) {
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 2; x++) {
          assertThat(whole.get(k, y, 398 + x)).isCloseTo(alone.get(k, y, x), within(1e-3f));
        }
      }
    }
  }

  @Test
  void aSmallLambdaReconstructsAndMeansComeBack() {
    WindowOptions windows = PlantedWords.whitened(2);
    PatchCodingOptions coding =
        new PatchCodingOptions(
            windows, 64, 1e-4, false, PlantedWords.coding(windows, 1, false).descent());
    PatchesLayer few = PlantedWords.layer(PlantedWords.coding(windows, 1, false), 1);
    FilterBank words =
        org.deconvnet.dictionary.FilterInitializer.gaussian(
            org.deconvnet.tensor.Connectivity.full(64, 1), SIDE, 3);
    PatchesLayer many = new PatchesLayer(words, few.whitening(), coding, Double.NaN);
    FeatureMaps image = PlantedWords.picture(new Shape(1, 15, 12), 8);
    PatchesNetwork network = PatchesNetwork.of(many);
    FeatureMaps back = network.reconstructions(PlantedWords.ENGINE).of(image).get(0);
    assertThat(back.squaredDistance(image)).isLessThan(1e-3 * image.squaredNorm());
  }

  @Test
  void aConstantImageHasAZeroCodeAndComesBackWhole() {
    FeatureMaps grey = FeatureMaps.zeros(new Shape(1, 8, 13));
    grey.fill(0.7f);
    PatchesNetwork network = PatchesNetwork.of(layer(1, 1, false));
    assertThat(inference(network.layer()).code(grey).code().entries()).isZero();
    FeatureMaps back = network.reconstructions(PlantedWords.ENGINE).of(grey).get(0);
    assertThat(back.squaredDistance(grey)).isLessThan(1e-9);
  }

  @Test
  void activationsAddUpToTheReconstructionButForMeans() {
    PatchesLayer layer =
        PlantedWords.layer(
            PlantedWords.coding(new WindowOptions(SIDE, 3, true, true, 0.1), LAMBDA, false), 1);
    FeatureMaps image = PlantedWords.picture(new Shape(1, 14, 18), 4);
    LayerActivations activations = PatchesNetwork.of(layer).activations(PlantedWords.ENGINE);
    activations.infer(image);
    PatchesInference.Coded coded = inference(layer).code(image);
    FeatureMaps sum = FeatureMaps.zeros(image.shape());
    for (int e = 0; e < coded.code().entries(); e++) {
      activations
          .inPixels(1, new Activation(coded.code().index()[e], coded.code().values()[e]))
          .addTo(sum);
    }
    FeatureMaps whole =
        PatchesNetwork.of(layer).reconstructions(PlantedWords.ENGINE).of(image).get(0);
    assertThat(sum.squaredDistance(whole)).isLessThan(1e-8 * whole.squaredNorm());
    assertThat(activations.strongestOfMaps(1)).hasSize(PlantedWords.WORDS);
    assertThat(activations.density(1)).isEqualTo(coded.trace().density());
  }

  @Test
  void tinyBrokenAndOtherImagesAreRefused() {
    PatchesInference inference = inference(layer(1, 1, false));
    assertThatThrownBy(() -> inference.code(FeatureMaps.zeros(new Shape(1, 3, 9))))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("image of 3 x 9 pixels: expected at least");
    assertThatThrownBy(() -> inference.code(FeatureMaps.zeros(new Shape(3, 9, 9))))
        .hasMessageContaining("channels of the image: expected 1, got 3");
    FeatureMaps broken = PlantedWords.picture(new Shape(1, 9, 9), 1);
    broken.set(0, 2, 3, Float.NaN);
    assertThatThrownBy(() -> inference.code(broken))
        .hasMessageContaining("got NaN at map 0, row 2, column 3");
  }

  @Test
  void storedWordsComeBackAndDamageIsSeen() throws IOException {
    PatchesLayer layer = layer(2, 3, true);
    PatchesNetwork network =
        PatchesNetwork.of(new PatchesLayer(layer.words(), layer.whitening(), layer.coding(), 0.01));
    StateArchive files = new StateArchive("test");
    PatchesFormat.write(network, Map.of("engine", "scalar"), files);
    PatchesNetwork back = PatchesFormat.read(files);
    assertThat(back.fingerprint()).isEqualTo(network.fingerprint());
    assertThat(back.layer().coding()).isEqualTo(layer.coding());
    assertThat(back.settings(1)).isEqualTo(network.settings(1)).containsEntry("gap", 0.01);
    String text =
        new String(
            files.open("patches.json").readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    for (List<String> change :
        List.of(
            List.of("\"lambda\" : 0.3", "\"lambda\" : 0.4", "expected fingerprint"),
            List.of("\"step\" : 2", "\"step\" : 5", "step: expected from 1 to 4, got 5"),
            List.of("\"floor\" : 0.1", "\"floor\" : \"x\"", "expected a number as floor"))) {
      try (var out = files.create("patches.json")) {
        out.write(
            text.replace(change.get(0), change.get(1))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      assertThatThrownBy(() -> PatchesFormat.read(files))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(change.get(2));
    }
  }

  @Test
  void picturesShowEachWordInPixelsAndWhitened() {
    PatchesNetwork network = PatchesNetwork.of(layer(1, 1, false));
    List<FeatureMaps> pictures = network.filterPictures(PlantedWords.ENGINE, List.of()).of(1);
    assertThat(pictures).hasSize(PlantedWords.WORDS);
    FeatureMaps first = pictures.get(0);
    assertThat(first.shape()).isEqualTo(new Shape(1, SIDE, 2 * SIDE + 1));
    FilterBank inPixels = network.filters(1);
    float ratio = first.get(0, 1, 2) / first.get(0, 2, 1);
    assertThat(ratio).isCloseTo(inPixels.get(0, 0, 1, 2) / inPixels.get(0, 0, 2, 1), within(1e-3f));
    assertThat(first.get(0, 1, SIDE)).isZero();
    FilterBank words = network.layer().words();
    assertThat(first.get(0, 1, SIDE + 3) / first.get(0, 2, SIDE + 2))
        .isCloseTo(words.get(0, 0, 1, 2) / words.get(0, 0, 2, 1), within(1e-3f));
  }
}
