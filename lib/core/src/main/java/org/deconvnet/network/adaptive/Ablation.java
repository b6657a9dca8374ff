package org.deconvnet.network.adaptive;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.adaptive.AdaptiveInference.LayerResult;
import org.deconvnet.operator.AlteredSwitches;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What is taken away from the network of 2011 to see what it contributes (Zeiler et al., ICCV 2011,
 * sections 2.1 and 2.2). Switches are altered on the way down alone: every image is coded with its
 * own.
 */
public enum Ablation {
  /** Nothing: the reference. */
  OWN_SWITCHES("own switches"),
  /** Switches of another image, {@link AlteredSwitches#fromAnother}. */
  SWITCHES_OF_ANOTHER_IMAGE("switches of another image"),
  /** Switches without knowledge, {@link AlteredSwitches#atCentres}. */
  SWITCHES_AT_BLOCK_CENTRES("switches at block centres"),
  /** The image as the target of every layer: {@link LayerBelowInference}. */
  LAYER_BELOW_AS_TARGET("layer below as target");

  private final String title;

  Ablation(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** Inference of an image beside which another one lies. Not thread-safe. */
  public interface Inference {
    /**
     * @param image preprocessed, (C, H, W)
     * @param another any image with as many channels
     * @return one result a layer, from layer 1 up
     */
    List<LayerResult> infer(FeatureMaps image, FeatureMaps another);
  }

  /**
   * @param network learned for the images themselves, or, for {@link #LAYER_BELOW_AS_TARGET}, for
   *     the layers below
   */
  public Inference of(ConvolutionEngine engine, AdaptiveNetwork network) {
    if (this == LAYER_BELOW_AS_TARGET) {
      LayerBelowInference inference = new LayerBelowInference(engine, network);
      return (image, another) -> inference.infer(image);
    }
    AdaptiveInference inference = new AdaptiveInference(engine, network);
    AdaptiveInference others = new AdaptiveInference(engine, network);
    return (image, another) ->
        inference.infer(image, own -> altered(network, own, others, another));
  }

  private List<Switches> altered(
      AdaptiveNetwork network, List<Switches> own, AdaptiveInference others, FeatureMaps another) {
    return switch (this) {
      case OWN_SWITCHES, LAYER_BELOW_AS_TARGET -> own;
      case SWITCHES_AT_BLOCK_CENTRES ->
          layers(own, l -> AlteredSwitches.atCentres(network.layer(l + 1).pool(), own.get(l)));
      case SWITCHES_OF_ANOTHER_IMAGE -> {
        List<SparseCode> codes = others.codes(another);
        yield layers(
            own,
            l ->
                AlteredSwitches.fromAnother(
                    network.layer(l + 1).pool(), own.get(l), codes.get(l).switches()));
      }
    };
  }

  private static List<Switches> layers(List<Switches> own, IntFunction<Switches> layer) {
    return IntStream.range(0, own.size()).mapToObj(layer).toList();
  }
}
