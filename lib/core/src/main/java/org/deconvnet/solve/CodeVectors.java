package org.deconvnet.solve;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * The vectors, as large as the code, of conjugate gradients on (λAᵀA + βI) z = λAᵀy + βx, and the
 * passes over them. Single precision, sums and scalars double.
 *
 * <p>A pass goes block by block through the first-level cache, the sum apart from the update: only
 * loops without a sum become vector instructions.
 */
final class CodeVectors {
  private static final int BLOCK = 1024;

  /** g = Aᵀ(y − Az). */
  private final FeatureMaps gradient;

  /** d, and AᵀAd. */
  private final FeatureMaps direction;

  private final FeatureMaps answer;

  /** r = λg + β(x − z), kept by recurrence once d differs from it. */
  private final float[] residual;

  private boolean directionIsResidual;

  CodeVectors(Shape maps) {
    gradient = FeatureMaps.zeros(maps);
    direction = FeatureMaps.zeros(maps);
    answer = FeatureMaps.zeros(maps);
    residual = new float[maps.size()];
  }

  FeatureMaps gradient() {
    return gradient;
  }

  FeatureMaps direction() {
    return direction;
  }

  FeatureMaps answer() {
    return answer;
  }

  /** d ← r = λg + β(x − z); returns ‖r‖². */
  double aim(double lambda, double beta, float[] z, float[] x) {
    float weight = (float) lambda;
    float coupling = (float) beta;
    float[] d = direction.data();
    float[] g = gradient.data();
    directionIsResidual = true;
    double sum = 0;
    for (int from = 0; from < d.length; from += BLOCK) {
      int to = Math.min(d.length, from + BLOCK);
      for (int i = from; i < to; i++) {
        d[i] = weight * g[i] + coupling * (x[i] - z[i]);
      }
      sum += squares(d, from, to);
    }
    return sum;
  }

  /** z ← z + length · d. */
  void moveCode(double length, float[] z) {
    axpy((float) length, direction.data(), z);
  }

  /** {@link #moveCode}, and g ← g − length · AᵀAd. */
  void move(double length, float[] z) {
    moveCode(length, z);
    axpy((float) -length, answer.data(), gradient.data());
  }

  /** r ← r − a AᵀAd − b d; returns ‖r‖². */
  double fall(double a, double b) {
    float[] before = directionIsResidual ? direction.data() : residual;
    directionIsResidual = false;
    double sum = 0;
    for (int from = 0; from < residual.length; from += BLOCK) {
      int to = Math.min(residual.length, from + BLOCK);
      fall(before, (float) a, (float) b, from, to);
      sum += squares(residual, from, to);
    }
    return sum;
  }

  private void fall(float[] before, float a, float b, int from, int to) {
    float[] r = residual;
    float[] d = direction.data();
    float[] h = answer.data();
    for (int i = from; i < to; i++) {
      r[i] = before[i] - a * h[i] - b * d[i];
    }
  }

  /** d ← r + factor · d; returns ‖d‖². */
  double turn(double factor) {
    float share = (float) factor;
    float[] r = residual;
    float[] d = direction.data();
    double sum = 0;
    for (int from = 0; from < d.length; from += BLOCK) {
      int to = Math.min(d.length, from + BLOCK);
      for (int i = from; i < to; i++) {
        d[i] = r[i] + share * d[i];
      }
      sum += squares(d, from, to);
    }
    return sum;
  }

  /** y ← a x + y. */
  static void axpy(float a, float[] x, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += a * x[i];
    }
  }

  /** Four sums that do not wait for each other. */
  private static double squares(float[] v, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += (double) v[i] * v[i];
      b += (double) v[i + 1] * v[i + 1];
      c += (double) v[i + 2] * v[i + 2];
      d += (double) v[i + 3] * v[i + 3];
    }
    for (; i < to; i++) {
      a += (double) v[i] * v[i];
    }
    return a + b + c + d;
  }
}
