package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.adaptive.AdaptiveInference.LayerResult;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Inference where layer l reconstructs the pooled maps of layer l − 1 in place of the image (what
 * Zeiler et al., ICCV 2011, set their networks against):
 *
 * <pre>C_l = λ_l/2 ‖F_l z_l − p_{l−1}‖² + |z_l|₁,   p_0 = y</pre>
 *
 * <p>The codes are then carried down to the image through their own switches, as in {@link
 * AdaptiveInference}. Workspaces are allocated for each image. Not thread-safe: one a task.
 */
public final class LayerBelowInference {
  private final ConvolutionEngine engine;
  private final AdaptiveNetwork network;

  /**
   * @param network learned with that objective
   */
  public LayerBelowInference(ConvolutionEngine engine, AdaptiveNetwork network) {
    this.engine = engine;
    this.network = network;
  }

  /**
   * @param image preprocessed, (C, H, W)
   * @return one result a layer, from layer 1 up; a trace is that of the layer's own objective
   */
  public List<LayerResult> infer(FeatureMaps image) {
    List<LayerResult> results = new ArrayList<>();
    List<Switches> switches = new ArrayList<>();
    FeatureMaps target = image;
    for (int number = 1; number <= network.depth(); number++) {
      AdaptiveLayer layer = network.layer(number);
      Reconstruction toTarget = through(AdaptiveNetwork.empty(), layer, List.of(), target);
      FeatureMaps responses = FeatureMaps.zeros(toTarget.domain());
      SparseCode code = layer.solver(toTarget, number).infer(target, responses);
      Reconstruction toImage = through(network.upTo(number - 1), layer, switches, image);
      switches.add(code.switches());
      results.add(AdaptiveInference.carriedDown(toImage, code, responses, switches));
      target = code.pooled();
    }
    return results;
  }

  private Reconstruction through(
      AdaptiveNetwork below, AdaptiveLayer layer, List<Switches> lower, FeatureMaps image) {
    return below.reconstruction(engine, layer.filters(), lower, image.shape());
  }
}
