package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deconvnet.network.adaptive.AdaptiveInferenceTest.NETWORK;

import java.util.List;
import java.util.Random;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.adaptive.AdaptiveInference.LayerResult;
import org.deconvnet.operator.AlteredSwitches;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class AblationTest {
  private static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  private static final FeatureMaps IMAGE = EngineContract.maps(new Shape(1, 17, 22), new Random(1));
  private static final FeatureMaps ANOTHER =
      EngineContract.maps(new Shape(1, 20, 13), new Random(2));

  @Test
  void ownSwitchesAreOrdinaryInference() {
    List<LayerResult> expected = new AdaptiveInference(ENGINE, NETWORK).infer(IMAGE);
    List<LayerResult> got = infer(Ablation.OWN_SWITCHES, ANOTHER);
    for (int l = 0; l < NETWORK.depth(); l++) {
      assertThat(got.get(l).reconstruction().data())
          .isEqualTo(expected.get(l).reconstruction().data());
      assertThat(got.get(l).responses().data()).isEqualTo(expected.get(l).responses().data());
    }
  }

  @Test
  void theImageItselfAsTheOtherOneChangesNothing() {
    assertThat(infer(Ablation.SWITCHES_OF_ANOTHER_IMAGE, IMAGE).get(1).reconstruction().data())
        .isEqualTo(infer(Ablation.OWN_SWITCHES, IMAGE).get(1).reconstruction().data());
  }

  @Test
  void codesAreCarriedDownThroughTheAlteredSwitchesOfEveryLayer() {
    List<SparseCode> own = new AdaptiveInference(ENGINE, NETWORK).codes(IMAGE);
    Switches lower = AlteredSwitches.atCentres(NETWORK.layer(1).pool(), own.get(0).switches());
    Switches top = AlteredSwitches.atCentres(NETWORK.layer(2).pool(), own.get(1).switches());
    FeatureMaps expected = reconstruct(lower, top, own.get(1).pooled());
    LayerResult got = infer(Ablation.SWITCHES_AT_BLOCK_CENTRES, ANOTHER).get(1);
    assertThat(got.reconstruction().data()).isEqualTo(expected.data());
    assertThat(got.code().pooled().data()).isEqualTo(own.get(1).pooled().data());
    assertThat(got.code().switches().index()).isEqualTo(top.index());
  }

  /** The dense way, step by step: F1 U1 F2 U2 p. */
  private static FeatureMaps reconstruct(Switches lower, Switches top, FeatureMaps pooled) {
    FeatureMaps image = FeatureMaps.zeros(IMAGE.shape());
    NETWORK
        .upTo(1)
        .reconstruction(ENGINE, NETWORK.layer(2).filters(), List.of(lower), IMAGE.shape())
        .applyEntries(top.index(), pooled.data(), image);
    return image;
  }

  @Test
  void theLayerBelowIsTheTargetOfItsOwnObjective() {
    List<LayerResult> got = infer(Ablation.LAYER_BELOW_AS_TARGET, ANOTHER);
    List<LayerResult> reference = infer(Ablation.OWN_SWITCHES, ANOTHER);
    assertThat(got.get(0).reconstruction().data())
        .isEqualTo(reference.get(0).reconstruction().data());
    FeatureMaps target = got.get(0).code().pooled();
    AdaptiveNetwork second = new AdaptiveNetwork(List.of(NETWORK.layer(2)));
    LayerResult alone = new AdaptiveInference(ENGINE, second).infer(target).get(0);
    SparseCode code = got.get(1).code();
    assertThat(code.pooled().data()).isEqualTo(alone.code().pooled().data());
    assertThat(code.trace().squaredImage()).isCloseTo(target.squaredNorm(), within(1e-9));
    assertThat(got.get(1).reconstruction().data())
        .isEqualTo(
            reconstruct(got.get(0).code().switches(), code.switches(), code.pooled()).data());
    assertThat(got.get(1).reconstruction().squaredNorm()).isPositive();
  }

  private static List<LayerResult> infer(Ablation ablation, FeatureMaps another) {
    return ablation.of(ENGINE, NETWORK).infer(IMAGE, another);
  }
}
