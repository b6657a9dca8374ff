package org.deconvnet.solve.splitting;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * One unknown of {@link Admm}, held twice: x, which lowers the data term, and z, which lowers the
 * penalty, with the scaled dual variable u of x = z. Not thread-safe.
 */
final class SplitVariable {
  /** Boyd et al. 2011, section 3.4.3: from 1.5 to 1.8. */
  private static final float RELAXATION = 1.8f;

  /** Moves numbers to where the penalty, and what is not allowed, would have them; in place. */
  @FunctionalInterface
  interface Shrinkage {
    void apply(FeatureMaps v);
  }

  private final FeatureMaps z;
  private final FeatureMaps dual;
  private final FeatureMaps aim;
  private final FeatureMaps work;

  SplitVariable(Shape shape) {
    this.z = FeatureMaps.zeros(shape);
    this.dual = FeatureMaps.zeros(shape);
    this.aim = FeatureMaps.zeros(shape);
    this.work = FeatureMaps.zeros(shape);
  }

  /** z, which the caller may set before {@link #start}; shared. */
  FeatureMaps z() {
    return z;
  }

  /** z − u, from which the step of x starts; shared. */
  FeatureMaps aim() {
    return aim;
  }

  /** Where {@link #follow} takes the step of x from; shared. */
  FeatureMaps step() {
    return work;
  }

  /** Another image: u ← 0. */
  void start() {
    dual.fill(0);
    takeAim();
  }

  private void takeAim() {
    for (int i = 0; i < aim.data().length; i++) {
      aim.data()[i] = z.data()[i] - dual.data()[i];
    }
  }

  /** Another ρ, so many times the old one. */
  void rescale(double factor) {
    for (int i = 0; i < dual.data().length; i++) {
      dual.data()[i] /= (float) factor;
    }
    takeAim();
  }

  /**
   * x ← z − u + step, then z and u after it.
   *
   * @param residuals receives the sums
   */
  void follow(Shrinkage shrinkage, Residuals residuals) {
    float[] x = aim.data();
    float[] w = work.data();
    for (int i = 0; i < x.length; i++) {
      x[i] += w[i];
      w[i] = RELAXATION * x[i] + (1 - RELAXATION) * z.data()[i] + dual.data()[i];
    }
    System.arraycopy(w, 0, dual.data(), 0, w.length);
    shrinkage.apply(dual);
    takeOver(residuals);
  }

  /** The shrunk numbers, held in u, become z; u becomes what shrinking took away. */
  private void takeOver(Residuals residuals) {
    float[] x = aim.data();
    double apart = 0;
    double moved = 0;
    double squaredX = 0;
    double squaredZ = 0;
    double squaredU = 0;
    for (int i = 0; i < x.length; i++) {
      float now = dual.data()[i];
      float u = work.data()[i] - now;
      float primal = x[i] - now;
      float move = now - z.data()[i];
      apart += primal * primal;
      moved += move * move;
      squaredX += x[i] * x[i];
      squaredZ += now * now;
      squaredU += u * u;
      z.data()[i] = now;
      dual.data()[i] = u;
      x[i] = now - u;
    }
    residuals.add(apart, moved, squaredX, squaredZ, squaredU);
  }
}
