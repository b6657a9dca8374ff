package org.deconvnet.solve;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.penalty.Penalty;
import org.deconvnet.penalty.Proximal;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A penalty on pooled codes: in one pass where it {@link Penalty#keepsOrder}, else by way of a
 * whole code, whose entries it may treat differently. Not thread-safe.
 */
final class PooledProximal {
  private static final Proximal UNCHANGED =
      (v, scale, out, from, to) -> {
        for (int i = from; i < to; i++) {
          out[i] = scale * v[i];
        }
      };

  private final Penalty penalty;
  private final ShrinkAndPool shrinkAndPool;

  /** Null where winners are all that is shrunk. */
  private final FeatureMaps whole;

  /**
   * @param maps shape of whole codes
   */
  PooledProximal(Penalty penalty, PoolSize pool, ArrayKernels kernels, Shape maps) {
    this.penalty = penalty;
    this.shrinkAndPool = new ShrinkAndPool(kernels, pool);
    this.whole = penalty.keepsOrder() ? null : FeatureMaps.zeros(maps);
  }

  /** {@code code ← P(prox(v))} for v = −step · g; g stays as it is. */
  void draw(FeatureMaps g, float step, Proximal proximal, PooledCode code) {
    if (whole == null) {
      shrinkAndPool.pool(g, step, proximal, code.values(), code.switches());
    } else {
      proximal.apply(g.data(), -step, whole.data());
      poolAlone(whole, code);
    }
  }

  /** {@code code ← P(z)}. */
  void poolAlone(FeatureMaps z, PooledCode code) {
    // Pooling takes −v, so that of equal sizes the positive one wins.
    UNCHANGED.apply(z.data(), -1, z.data());
    shrinkAndPool.pool(z, 1, UNCHANGED, code.values(), code.switches());
    UNCHANGED.apply(z.data(), -1, z.data());
  }

  /** Of the whole code. */
  double value(PooledCode code) {
    if (whole == null) {
      return penalty.value(code.values().data());
    }
    code.switches().unpool(code.values(), whole);
    return penalty.value(whole.data());
  }
}
