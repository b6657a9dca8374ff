package org.deconvnet.network.csc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.deconvnet.learn.LastPass;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.operator.Boundary;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.store.StateArchive;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CscInferenceTest {
  private static final FeatureMaps IMAGE = PlantedAtoms.images(1, 1).get(0).image();

  private static CscLayer layer(Boundary boundary, double lambda, boolean relative) {
    CodingOptions coding = PlantedAtoms.options(boundary, 1).coding();
    return new CscLayer(
        PlantedAtoms.filters(1), coding.withLambda(lambda, relative).withTolerance(1e-4));
  }

  private static CscInference inference(CscLayer layer) {
    return new CscInference(PlantedAtoms.ENGINE, layer);
  }

  @ParameterizedTest
  @EnumSource(Boundary.class)
  void aShareOfLambdaMaxIsThatLambda(Boundary boundary) {
    CscInference relative = inference(layer(boundary, 0.2, true));
    double lambda = relative.lambda(IMAGE);
    CodedImage byShare = relative.code(IMAGE);
    CodedImage byNumber = inference(layer(boundary, lambda, false)).code(IMAGE);
    double objective = byNumber.trace().objective();
    assertThat(byShare.trace().objective()).isCloseTo(objective, within(1e-4 * objective));
    assertThat(byShare.trace().gap()).isCloseTo(byNumber.trace().gap(), within(0.01 * objective));
    assertThat(byShare.code().dense().squaredDistance(byNumber.code().dense()))
        .isLessThan(1e-3 * byNumber.code().dense().squaredNorm());
  }

  @Test
  void codesAreZeroFromLambdaMaxOn() {
    double lambdaMax = inference(layer(Boundary.FULL, 1, true)).lambda(IMAGE);
    assertThat(
            inference(layer(Boundary.FULL, 1.001 * lambdaMax, false)).code(IMAGE).code().entries())
        .isZero();
    assertThat(
            inference(layer(Boundary.FULL, 0.99 * lambdaMax, false)).code(IMAGE).code().entries())
        .isPositive();
    assertThat(inference(layer(Boundary.FULL, 1.001, true)).code(IMAGE).code().entries()).isZero();
  }

  @Test
  void anotherWeightIsOfTheSameKindAndOneALayerIsNeeded() {
    for (boolean relative : new boolean[] {true, false}) {
      CscNetwork other =
          CscNetwork.of(layer(Boundary.FULL, 0.1, relative)).withLambdas(List.of(0.3));
      CscNetwork built = CscNetwork.of(layer(Boundary.FULL, 0.3, relative));
      assertThat(other.fingerprint()).isEqualTo(built.fingerprint());
    }
    assertThatThrownBy(() -> CscNetwork.empty().withLambdas(List.of(0.3)))
        .hasMessage("lambda: weights, one a layer: expected 0, got 1");
  }

  @Test
  void aFilterThatIsTooLongOrTooLargeIsRefused() {
    CodingOptions coding = PlantedAtoms.options(Boundary.FULL, 1).coding();
    FilterBank large = PlantedAtoms.filters(1);
    large.data()[0] += 2;
    assertThatThrownBy(() -> new CscLayer(large, coding))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("filter 1: expected a norm of 1 at most");
    CodingOptions sizes =
        new CodingOptions(
            List.of(new AtomGroup(2, 4, 1), new AtomGroup(1, 3, 1)),
            0.1,
            true,
            Boundary.FULL,
            false,
            coding.descent());
    assertThatThrownBy(() -> new CscLayer(PlantedAtoms.filters(1), sizes))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("filter 3: expected zeros beyond the first 3 rows and columns");
  }

  /** Without a penalty on a map there is no bound, and so no certificate. */
  @Test
  void aMapWithoutPenaltyLeavesTheGapUnknown() {
    CodingOptions coding =
        new CodingOptions(
            List.of(new AtomGroup(3, 4, 1), new AtomGroup(1, 4, 0)),
            0.2,
            true,
            Boundary.FULL,
            false,
            PlantedAtoms.options(Boundary.FULL, 1).coding().descent());
    CscNetworkLearning learning =
        (CscNetworkLearning)
            CscNetworkLearning.of(new CscOptions(coding, 1, 0, 0), 1).on(1, PlantedAtoms.ENGINE);
    CscCoding finished = new CscCoding(new CscLayer(StartingFilters.draw(coding, 1, 1), coding));
    var batches = PlantedAtoms.batches(PlantedAtoms.images(2, 1), 2);
    LastPass pass = batches.get(0).code(finished, (coded, by, engine, all) -> LastPass.over(coded));
    CscNetwork network = learning.plus(CscNetwork.empty(), finished, pass);
    assertThat(network.layer().gap()).isNaN();
    assertThat(network.certificate(1)).isEmpty();
    assertThat(network.settings(1)).doesNotContainKey("gap");
  }

  @Test
  void anImageOfZerosHasACodeOfZeros() {
    FeatureMaps black = FeatureMaps.zeros(IMAGE.shape());
    CodedImage coded = inference(layer(Boundary.CIRCULAR, 0.1, true)).code(black);
    assertThat(coded.code().entries()).isZero();
    assertThat(coded.trace().objective()).isZero();
  }

  @Test
  void anImageSmallerThanAFilterOrWithoutANumberIsRefused() {
    CscInference inference = inference(layer(Boundary.FULL, 0.1, true));
    assertThatThrownBy(() -> inference.code(FeatureMaps.zeros(new Shape(1, 3, 9))))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("image of 3 x 9 pixels: expected at least the filters' 4 x 4");
    FeatureMaps broken = IMAGE.copy();
    broken.set(0, 2, 3, Float.NaN);
    assertThatThrownBy(() -> inference.code(broken))
        .hasMessageContaining("got NaN at map 0, row 2, column 3");
  }

  @ParameterizedTest
  @EnumSource(value = Boundary.class, names = "CIRCULAR", mode = EnumSource.Mode.EXCLUDE)
  void activationsAddUpToTheReconstruction(Boundary boundary) {
    CscLayer layer = layer(boundary, 0.2, true);
    LayerActivations activations = CscNetwork.of(layer).activations(PlantedAtoms.ENGINE);
    activations.infer(IMAGE);
    CodedImage coded = inference(layer).code(IMAGE);
    FeatureMaps sum = FeatureMaps.zeros(IMAGE.shape());
    for (int e = 0; e < coded.code().entries(); e++) {
      Activation one = new Activation(coded.code().index()[e], coded.code().values()[e]);
      MapWindow window = activations.inPixels(1, one);
      window.addTo(sum);
    }
    FeatureMaps whole = CscNetwork.of(layer).reconstructions(PlantedAtoms.ENGINE).of(IMAGE).get(0);
    assertThat(sum.squaredDistance(whole)).isLessThan(1e-8 * whole.squaredNorm());
    assertThat(activations.strongestOfMaps(1)).hasSize(PlantedAtoms.MAPS);
    assertThat(activations.density(1)).isEqualTo(coded.trace().density());
  }

  @Test
  void aStoredDictionaryComesBackAndDamageIsSeen() throws IOException {
    CscLayer layer = layer(Boundary.VALID, 0.2, true);
    CscNetwork network = CscNetwork.of(new CscLayer(layer.filters(), layer.coding(), 0.01));
    StateArchive files = new StateArchive("test");
    CscFormat.write(network, Map.of("engine", "scalar"), files);
    CscNetwork back = CscFormat.read(files);
    assertThat(back.fingerprint()).isEqualTo(network.fingerprint());
    assertThat(back.layer().coding()).isEqualTo(layer.coding());
    assertThat(back.settings(1)).isEqualTo(network.settings(1)).containsEntry("gap", 0.01);
    String text =
        new String(
            files.open("dictionary.json").readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    for (List<String> change :
        List.of(
            List.of("\"lambda\" : 0.2", "\"lambda\" : 0.3", "expected fingerprint"),
            List.of(
                "\"boundary\" : \"VALID\"",
                "\"boundary\" : \"OPEN\"",
                "expected one of [VALID, FULL, CIRCULAR] as boundary"),
            List.of("\"side\" : 4", "\"side\" : 5", "expected 5, got 4"))) {
      try (var out = files.create("dictionary.json")) {
        out.write(
            text.replace(change.get(0), change.get(1))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      assertThatThrownBy(() -> CscFormat.read(files))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(change.get(2));
    }
  }
}
