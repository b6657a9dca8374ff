package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.Ista;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Inference of a whole network for one image after the other, from the bottom up: each layer
 * reconstructs the image through the switches that the layers below it have settled on.
 *
 * <p>Keeps the workspace of the last image shape: for each layer the gradient, as large as its
 * maps, and a few images; only results are allocated while the shape stays. Not thread-safe: one a
 * task.
 */
public final class AdaptiveInference {
  private final ConvolutionEngine engine;
  private final AdaptiveNetwork network;
  private Shape shape;
  private final List<Reconstruction> reconstructions = new ArrayList<>();
  private final List<Ista> solvers = new ArrayList<>();

  public AdaptiveInference(ConvolutionEngine engine, AdaptiveNetwork network) {
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
    return infer(image, UnaryOperator.identity());
  }

  /**
   * As {@link #infer(FeatureMaps)}, but codes and responses are carried down through other switches
   * than those that inference settled on. The codes' traces are inference's own.
   *
   * @param altered from the switches of all layers, from layer 1 up, to those to use, of the same
   *     shapes
   */
  public List<LayerResult> infer(FeatureMaps image, UnaryOperator<List<Switches>> altered) {
    List<SparseCode> codes = new ArrayList<>();
    List<FeatureMaps> responses = new ArrayList<>();
    List<Switches> own = new ArrayList<>();
    for (int l = 0; l < network.depth(); l++) {
      Ista solver = solver(l, own, image.shape());
      FeatureMaps response = FeatureMaps.zeros(reconstructions.get(l).domain());
      SparseCode code = solver.infer(image, response);
      codes.add(code);
      responses.add(response);
      own.add(code.switches());
    }
    List<Switches> down = altered.apply(List.copyOf(own));
    List<LayerResult> results = new ArrayList<>();
    for (int l = 0; l < network.depth(); l++) {
      results.add(carriedDown(reconstructions.get(l), codes.get(l), responses.get(l), down));
    }
    return results;
  }

  /**
   * @param r of a layer
   * @param switches of that layer and of those below, and maybe of others above
   */
  static LayerResult carriedDown(
      Reconstruction r, SparseCode code, FeatureMaps responses, List<Switches> switches) {
    int below = r.depth() - 1;
    SparseCode placed = new SparseCode(code.pooled(), switches.get(below), code.trace());
    r.use(switches.subList(0, below));
    FeatureMaps reconstruction = FeatureMaps.zeros(r.range());
    r.applyEntries(placed.switches().index(), placed.pooled().data(), reconstruction);
    return new LayerResult(placed, r.inFirstLayer(responses), reconstruction);
  }

  /** The codes alone, which is all that the layers above need: one a layer, from layer 1 up. */
  public List<SparseCode> codes(FeatureMaps image) {
    List<SparseCode> codes = new ArrayList<>();
    List<Switches> lower = new ArrayList<>();
    for (int l = 0; l < network.depth(); l++) {
      SparseCode code = solver(l, lower, image.shape()).infer(image);
      codes.add(code);
      lower.add(code.switches());
    }
    return codes;
  }

  /** The solver of layer l + 1 for an image of this shape, over these switches. */
  private Ista solver(int l, List<Switches> lower, Shape image) {
    if (!image.equals(shape)) {
      reconstructions.clear();
      solvers.clear();
      shape = image;
    }
    if (l == solvers.size()) {
      AdaptiveLayer layer = network.layer(l + 1);
      reconstructions.add(network.upTo(l).reconstruction(engine, layer.filters(), lower, image));
      solvers.add(layer.solver(reconstructions.get(l), l + 1));
    } else {
      reconstructions.get(l).use(lower);
    }
    return solvers.get(l);
  }
}
