package org.deconvnet.network.deconvolutional;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.HalfQuadraticSplitting;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.solve.SolverOptions;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Inference of the 2010 network for one image after the other, from the bottom up, and projection
 * of its codes back to pixels (Zeiler et al., CVPR 2010). Layer 1 reconstructs the image, layer l +
 * 1 the rescaled dense code of layer l.
 *
 * <p>Keeps the workspaces of the last image shape: for each layer five times its code and two of
 * its inputs; only codes and rescaled codes are allocated while the shape stays. Not thread-safe:
 * one a task, with an engine of its own.
 */
public final class DeconvolutionalInference {
  private final ConvolutionEngine engine;
  private final DeconvolutionalStack stack;
  private Shape shape;
  private List<HalfQuadraticSplitting> solvers = List.of();
  private List<CodeTrace> traces = List.of();

  public DeconvolutionalInference(ConvolutionEngine engine, DeconvolutionalStack stack) {
    this.engine = engine;
    this.stack = stack;
  }

  /**
   * The dense codes z of an image, from zero, by as many passes as the stack says.
   *
   * @param image preprocessed, (C, H, W)
   * @return one code a layer, from layer 1 up, (K_l, H + Σ(s−1), W + Σ(s−1)), newly allocated
   * @throws IllegalArgumentException if the image has other channels than layer 1, is smaller than
   *     some layer's filters need, or has a pixel that is not finite
   * @throws SolverDivergedException if numbers stop being finite
   */
  public List<FeatureMaps> codes(FeatureMaps image) {
    prepare(image.shape());
    List<FeatureMaps> codes = new ArrayList<>();
    List<CodeTrace> latest = new ArrayList<>();
    for (int number = 1; number <= stack.depth(); number++) {
      FeatureMaps input =
          number == 1 ? image : stack.scaling(number - 1).apply(codes.get(number - 2));
      FeatureMaps z = FeatureMaps.zeros(stack.layer(number).mapShape(input.shape()));
      latest.add(solvers.get(number - 1).solve(input, z));
      codes.add(z);
    }
    traces = List.copyOf(latest);
    return codes;
  }

  /**
   * The sparse codes x beside the dense ones of {@link #codes}: same shapes, mostly zeros. Layers
   * above still reconstruct the dense codes.
   */
  public List<FeatureMaps> sparseCodes(FeatureMaps image) {
    codes(image);
    return solvers.stream().map(solver -> solver.sparse().copy()).toList();
  }

  /**
   * What the last pass made of each layer's input in the last call of {@link #codes} that returned,
   * from layer 1 up; empty before.
   */
  public List<CodeTrace> traces() {
    return traces;
  }

  private void prepare(Shape image) {
    if (image.equals(shape)) {
      return;
    }
    requireRoom(image);
    List<HalfQuadraticSplitting> fresh = new ArrayList<>();
    SolverOptions options = SolverOptions.iterations(stack.passes());
    Shape input = image;
    for (DeconvolutionalLayer layer : stack.layers()) {
      int number = fresh.size() + 1;
      fresh.add(layer.solver(engine, stack.schedule(), options, input, number));
      input = layer.mapShape(input);
    }
    solvers = fresh;
    shape = image;
  }

  private void requireRoom(Shape image) {
    int grown = 0;
    for (int number = 1; number <= stack.depth(); number++) {
      FilterBank f = stack.layer(number).filters();
      if (number == 1) {
        Checks.equal("image: channels, for layer 1", f.channels(), image.maps());
      }
      int least = f.side() - grown;
      if (Math.min(image.height(), image.width()) < least) {
        throw new UserErrorException(
            "image: expected at least %d x %d, which the %d x %d filters of layer %d need, got %d x %d"
                .formatted(
                    least, least, f.side(), f.side(), number, image.height(), image.width()));
      }
      // Each layer's maps are larger than what they reconstruct.
      grown += f.side() - 1;
    }
  }

  /**
   * A code seen in pixels: F_1 S_1⁻¹ F_2 … S_{l−1}⁻¹ F_l z, S being the rescaling between layers.
   * The "two-projection" reconstruction, for layer 2.
   *
   * @param number the layer l, from 1
   * @param z code of that layer, (K_l, H + Σ(s−1), W + Σ(s−1)), unchanged
   * @return an image, (C, H, W), newly allocated
   * @throws IllegalArgumentException if there is no such layer or the code does not fit
   */
  public FeatureMaps project(int number, FeatureMaps z) {
    FeatureMaps below = synthesize(number, z);
    for (int l = number - 1; l >= 1; l--) {
      below = synthesize(l, stack.scaling(l).invert(below));
    }
    return below;
  }

  private FeatureMaps synthesize(int number, FeatureMaps z) {
    FilterBank f = stack.layer(number).filters();
    Checks.equal("layer %d: maps of the code".formatted(number), f.maps(), z.maps());
    FeatureMaps out = FeatureMaps.zeros(f.imageShape(z.shape()));
    engine.synthesize(f, z, out);
    return out;
  }
}
