package org.deconvnet.operator;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Where each pooled value came from: for every entry of the pooled maps, in their order, the flat
 * index of the winning entry in the unpooled maps. The array is shared with its owner.
 */
public final class Switches implements Serializable {
  private static final long serialVersionUID = 1;

  private final Shape pooled;
  private final Shape unpooled;
  private final int[] index;

  public Switches(Shape pooled, Shape unpooled, int[] index) {
    Checks.equal("switches: one for each pooled value", pooled.size(), index.length);
    this.pooled = pooled;
    this.unpooled = unpooled;
    this.index = index;
  }

  public static Switches allocate(Shape pooled, Shape unpooled) {
    return new Switches(pooled, unpooled, new int[pooled.size()]);
  }

  public Shape pooled() {
    return pooled;
  }

  public Shape unpooled() {
    return unpooled;
  }

  public int[] index() {
    return index;
  }

  /** U: puts each pooled value back at its switch; every other entry of {@code out} becomes 0. */
  public void unpool(FeatureMaps values, FeatureMaps out) {
    Checks.sameShape("unpool: values", pooled, values.shape());
    Checks.sameShape("unpool: maps", unpooled, out.shape());
    out.fill(0);
    for (int i = 0; i < index.length; i++) {
      out.data()[index[i]] = values.data()[i];
    }
  }

  /**
   * As {@link #unpool}, but values that share a switch add up there, as windows that overlap may
   * make them. Adjoint of {@link #gather}.
   */
  public void unpoolSum(FeatureMaps values, FeatureMaps out) {
    Checks.sameShape("unpool: values", pooled, values.shape());
    Checks.sameShape("unpool: maps", unpooled, out.shape());
    out.fill(0);
    for (int i = 0; i < index.length; i++) {
      out.data()[index[i]] += values.data()[i];
    }
  }

  /** Pooling by these switches as they are: reads {@code z} where they point. */
  public void gather(FeatureMaps z, FeatureMaps out) {
    Checks.sameShape("gather: maps", unpooled, z.shape());
    Checks.sameShape("gather: values", pooled, out.shape());
    for (int i = 0; i < index.length; i++) {
      out.data()[i] = z.data()[index[i]];
    }
  }

  public Switches copy() {
    return new Switches(pooled, unpooled, index.clone());
  }
}
