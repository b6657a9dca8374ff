package org.deconvnet.operator;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.Entries;
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
 * <p>Below the top layer only the entries at the switches matter, on the way down and on the way
 * up: both ways cost those entries, not the maps. Holds one workspace for one image shape; nothing
 * is allocated after construction. Not thread-safe: one a task.
 */
public final class Reconstruction implements LinearMap {
  private final ConvolutionEngine engine;
  private final List<FilterBank> filters;
  private final List<Shape> maps = new ArrayList<>();
  private List<Switches> switches;

  /** The switches of the layers below as the engine wants them, one each. */
  private final List<Entries> lowerEntries = new ArrayList<>();

  private final Entries topEntries;

  /** Input of layer l at index l−1: the image itself, then pooled maps. */
  private final List<FeatureMaps> inputs = new ArrayList<>();

  /**
   * @param filters of layers 1 to l
   * @param pools of layers 1 to l − 1
   * @param lower one set of switches for each of those
   * @param image (C, H, W)
   */
  public Reconstruction(
      ConvolutionEngine engine,
      List<FilterBank> filters,
      List<PoolSize> pools,
      List<Switches> lower,
      Shape image) {
    Checks.equal("reconstruction: pooled layers below", filters.size() - 1, pools.size());
    this.engine = engine;
    this.filters = List.copyOf(filters);
    this.topEntries = engine.entries(filters.get(topIndex()));
    Shape input = image;
    for (int l = 0; l < filters.size(); l++) {
      if (l > 0) {
        input = pools.get(l - 1).pooled(maps.get(l - 1));
      }
      inputs.add(FeatureMaps.zeros(input));
      maps.add(filters.get(l).mapShape(input));
    }
    use(lower);
  }

  /**
   * Bytes that a workspace takes at least: what each layer reconstructs, and the places of its
   * code.
   *
   * @param inputs of layers 1 to l, (channels, rows, columns); of layer 1 the image
   * @param pooled maps of layers 1 to l
   */
  public static long bytes(List<Shape> inputs, List<Shape> pooled) {
    long numbers = inputs.stream().mapToLong(Shape::size).sum();
    long places = pooled.stream().mapToLong(Shape::size).sum();
    return Float.BYTES * numbers + Entries.BYTES_OF_A_PLACE * places;
  }

  /** Goes on with another image of the same shape. */
  public void use(List<Switches> lower) {
    Checks.equal("reconstruction: switches of the layers below", topIndex(), lower.size());
    for (int l = 0; l < lower.size(); l++) {
      Checks.sameShape("switches of layer " + (l + 1), maps.get(l), lower.get(l).unpooled());
    }
    switches = List.copyOf(lower);
    while (lowerEntries.size() < lower.size()) {
      lowerEntries.add(engine.entries(filters.get(lowerEntries.size())));
    }
    for (int l = 0; l < lower.size(); l++) {
      lowerEntries.get(l).set(maps.get(l), lower.get(l).index());
    }
  }

  private int topIndex() {
    return filters.size() - 1;
  }

  /** Layers that the code is carried through, its own included. */
  public int depth() {
    return filters.size();
  }

  public ConvolutionEngine engine() {
    return engine;
  }

  @Override
  public Shape range() {
    return inputs.get(0).shape();
  }

  @Override
  public Shape domain() {
    return maps.get(topIndex());
  }

  /** R_l: {@code image ← R_l z}. */
  @Override
  public void apply(FeatureMaps z, FeatureMaps image) {
    engine.synthesize(filters.get(topIndex()), z, lowerEnd(image));
    carryDown(image);
  }

  @Override
  public void applyEntries(int[] index, float[] values, FeatureMaps image) {
    synthesizeEntries(filters.get(topIndex()), index, values, image);
  }

  /** As {@link #applyEntries}, with other filters in the top layer: linear in them, too. */
  public void synthesizeEntries(FilterBank top, int[] index, float[] values, FeatureMaps image) {
    topEntries.setNonZeros(domain(), index, values);
    engine.synthesizeEntries(top, topEntries, values, lowerEnd(image));
    carryDown(image);
  }

  /** Where the top layer reconstructs to. */
  private FeatureMaps lowerEnd(FeatureMaps image) {
    return topIndex() == 0 ? image : inputs.get(topIndex());
  }

  private void carryDown(FeatureMaps image) {
    for (int l = topIndex() - 1; l >= 0; l--) {
      engine.synthesizeEntries(
          filters.get(l),
          lowerEntries.get(l),
          inputs.get(l + 1).data(),
          l == 0 ? image : inputs.get(l));
    }
  }

  /**
   * The code as the maps of layer 1 see it: U_{s1} F_2 … F_l z, the last filtering to pixels left
   * out. For layer 1 that is z itself; above, maps are newly allocated.
   */
  public FeatureMaps inFirstLayer(FeatureMaps z) {
    if (topIndex() == 0) {
      return z;
    }
    apply(z, inputs.get(0));
    FeatureMaps first = FeatureMaps.zeros(maps.get(0));
    switches.get(0).unpool(inputs.get(1), first);
    return first;
  }

  /** R_lᵀ: {@code z ← R_lᵀ r}. */
  @Override
  public void adjoint(FeatureMaps r, FeatureMaps z) {
    engine.adjoint(filters.get(topIndex()), carryUp(r), z);
  }

  /**
   * The gradient in the top filters of ⟨synthesizeEntries(f, z), r⟩: what a filter step needs.
   *
   * @param index where z is not zero, as in {@link #applyEntries}
   */
  public void filterGradientEntries(int[] index, float[] values, FeatureMaps r, FilterBank out) {
    topEntries.setNonZeros(domain(), index, values);
    engine.filterGradientEntries(topEntries, values, carryUp(r), out);
  }

  /**
   * P_{s(l−1)} … P_{s1} F_1ᵀ r: an image as the top layer's input sees it, (channels, rows,
   * columns). For layer 1 the argument itself, above a workspace that the next call overwrites.
   */
  public FeatureMaps atInput(FeatureMaps r) {
    return carryUp(r);
  }

  private FeatureMaps carryUp(FeatureMaps r) {
    FeatureMaps residual = r;
    for (int l = 0; l < topIndex(); l++) {
      FeatureMaps above = inputs.get(l + 1);
      engine.adjointEntries(filters.get(l), residual, lowerEntries.get(l), above.data());
      residual = above;
    }
    return residual;
  }
}
