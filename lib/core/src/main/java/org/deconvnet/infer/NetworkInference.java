package org.deconvnet.infer;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.layer.Layer;
import org.deconvnet.layer.Network;
import org.deconvnet.layer.Reconstruction;
import org.deconvnet.pool.Switches;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Inference of a whole network for one image, from the bottom up: each layer reconstructs the image
 * through the switches that the layers below it have settled on. Not thread-safe: one a task.
 */
public final class NetworkInference {
  private final ConvolutionEngine engine;
  private final Network network;

  public NetworkInference(ConvolutionEngine engine, Network network) {
    this.engine = engine;
    this.network = network;
  }

  /**
   * What one layer made of an image.
   *
   * @param code the pooled code with its switches
   * @param responses the maps before the last pooling, carried down to the maps of layer 1 (K_1,
   *     H+s−1, W+s−1), for layer 1 the maps themselves
   * @param reconstruction R U p, (C, H, W)
   */
  public record LayerResult(SparseCode code, FeatureMaps responses, FeatureMaps reconstruction) {}

  /**
   * @param image preprocessed, (C, H, W)
   * @return one result a layer, from layer 1 up
   */
  public List<LayerResult> infer(FeatureMaps image) {
    List<LayerResult> results = new ArrayList<>();
    List<Switches> lower = new ArrayList<>();
    for (int number = 1; number <= network.depth(); number++) {
      Layer layer = network.layer(number);
      Reconstruction r =
          new Reconstruction(
              engine, network.upTo(number - 1), layer.filters(), lower, image.shape());
      FeatureMaps responses = FeatureMaps.zeros(r.mapShape());
      SparseCode code = new Ista(r, layer, number).infer(image, responses);
      FeatureMaps reconstruction = FeatureMaps.zeros(image.shape());
      r.applyEntries(code.switches().index(), code.pooled().data(), reconstruction);
      results.add(new LayerResult(code, r.inFirstLayer(responses), reconstruction));
      lower.add(code.switches());
    }
    return results;
  }
}
