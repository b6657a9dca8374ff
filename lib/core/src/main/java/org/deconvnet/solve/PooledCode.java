package org.deconvnet.solve;

import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/** A code z = U p as p and its switches, and the one before it. Not thread-safe. */
final class PooledCode {
  private FeatureMaps values;
  private FeatureMaps valuesBefore;
  private Switches switches;
  private Switches switchesBefore;

  /**
   * @param maps shape of z
   */
  PooledCode(PoolSize pool, Shape maps) {
    Shape pooled = pool.pooled(maps);
    values = FeatureMaps.zeros(pooled);
    valuesBefore = FeatureMaps.zeros(pooled);
    switches = Switches.allocate(pooled, maps);
    switchesBefore = Switches.allocate(pooled, maps);
  }

  FeatureMaps values() {
    return values;
  }

  Switches switches() {
    return switches;
  }

  /** z ← 0. */
  void clear() {
    values.fill(0);
  }

  /** The present code becomes the one before; the present one is to be written. */
  void turn() {
    FeatureMaps code = values;
    values = valuesBefore;
    valuesBefore = code;
    Switches places = switches;
    switches = switchesBefore;
    switchesBefore = places;
  }

  /** {@code maps ← maps − factor · z}, z being the code before. */
  void subtractBefore(float factor, FeatureMaps maps) {
    int[] index = switchesBefore.index();
    float[] before = valuesBefore.data();
    for (int i = 0; i < index.length; i++) {
      maps.data()[index[i]] -= before[i] * factor;
    }
  }

  /** ‖Δz‖²: a pooling block holds one entry before and one after, in one place or in two. */
  double squaredMove() {
    float[] now = values.data();
    float[] before = valuesBefore.data();
    double sum = 0;
    for (int i = 0; i < now.length; i++) {
      boolean stayed = switches.index()[i] == switchesBefore.index()[i];
      double squares = (double) now[i] * now[i] + (double) before[i] * before[i];
      sum += stayed ? squares - 2.0 * now[i] * before[i] : squares;
    }
    return sum;
  }
}
