package org.deconvnet.layer;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.pool.MaxPool3d;
import org.deconvnet.pool.Switches;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * The linear map from a layer's feature maps to pixels under fixed switches, and its adjoint
 * (Zeiler et al., ICCV 2011, section 2.1):
 *
 * <pre>R_l = F_1 U_{s1} F_2 U_{s2} … F_l        R_lᵀ = F_lᵀ P_{s(l−1)} … P_{s1} F_1ᵀ</pre>
 *
 * <p>Holds one workspace for one image shape; nothing is allocated after construction. Not
 * thread-safe: one a task.
 */
public final class Reconstruction {
  private final ConvolutionEngine engine;
  private final List<FilterBank> filters;
  private final List<Switches> switches;

  /** Input of layer l at index l−1: the image itself, then pooled maps. */
  private final List<FeatureMaps> inputs = new ArrayList<>();

  /** Unpooled maps of layer l at index l−1, for all layers but the top one. */
  private final List<FeatureMaps> unpooled = new ArrayList<>();

  /**
   * @param below the trained layers under the top one; empty for layer 1
   * @param top filters of layer l
   * @param lower one set of switches for each layer below
   * @param image (C, H, W)
   */
  public Reconstruction(
      ConvolutionEngine engine, Network below, FilterBank top, List<Switches> lower, Shape image) {
    Checks.equal("reconstruction: switches of the layers below", below.depth(), lower.size());
    this.engine = engine;
    this.switches = List.copyOf(lower);
    this.filters = new ArrayList<>(below.layers().stream().map(Layer::filters).toList());
    this.filters.add(top);
    Shape input = image;
    for (Layer layer : below.layers()) {
      inputs.add(FeatureMaps.zeros(input));
      unpooled.add(FeatureMaps.zeros(layer.mapShape(input)));
      input = layer.pooledShape(input);
    }
    inputs.add(FeatureMaps.zeros(input));
  }

  private int topIndex() {
    return filters.size() - 1;
  }

  public Shape imageShape() {
    return inputs.get(0).shape();
  }

  public Shape mapShape() {
    return filters.get(topIndex()).mapShape(inputs.get(topIndex()).shape());
  }

  public Shape inputShape() {
    return inputs.get(topIndex()).shape();
  }

  /** R_l: {@code image ← R_l z}. */
  public void apply(FeatureMaps z, FeatureMaps image) {
    synthesize(filters.get(topIndex()), z, image);
  }

  /** As {@link #apply}, with other filters in the top layer: linear in them, too. */
  public void synthesize(FilterBank top, FeatureMaps z, FeatureMaps image) {
    FeatureMaps out = topIndex() == 0 ? image : inputs.get(topIndex());
    engine.synthesize(top, z, out);
    for (int l = topIndex() - 1; l >= 0; l--) {
      MaxPool3d.unpool(out, switches.get(l), unpooled.get(l));
      out = l == 0 ? image : inputs.get(l);
      engine.synthesize(filters.get(l), unpooled.get(l), out);
    }
  }

  /**
   * The code as the maps of layer 1 see it: U_{s1} F_2 … F_l z, the last filtering to pixels left
   * out. For layer 1 that is z itself. The result is this object's own and overwritten by the next
   * call.
   */
  public FeatureMaps inFirstLayer(FeatureMaps z) {
    if (topIndex() == 0) {
      return z;
    }
    synthesize(filters.get(topIndex()), z, inputs.get(0));
    return unpooled.get(0);
  }

  /** R_lᵀ: {@code z ← R_lᵀ r}. */
  public void adjoint(FeatureMaps r, FeatureMaps z) {
    engine.adjoint(filters.get(topIndex()), carryUp(r), z);
  }

  /** The gradient in the top filters of ⟨synthesize(f, z), r⟩: what a filter step needs. */
  public void filterGradient(FeatureMaps z, FeatureMaps r, FilterBank out) {
    engine.filterGradient(z, carryUp(r), out);
  }

  /** P_{s(l−1)} … P_{s1} F_1ᵀ r: the residual as the top layer's input sees it. */
  private FeatureMaps carryUp(FeatureMaps r) {
    FeatureMaps residual = r;
    for (int l = 0; l < topIndex(); l++) {
      engine.adjoint(filters.get(l), residual, unpooled.get(l));
      MaxPool3d.gather(unpooled.get(l), switches.get(l), inputs.get(l + 1));
      residual = inputs.get(l + 1);
    }
    return residual;
  }
}
