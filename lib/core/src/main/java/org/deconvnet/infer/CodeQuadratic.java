package org.deconvnet.infer;

import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.layer.BetaSchedule;
import org.deconvnet.layer.DeconvolutionalLayer;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Conjugate gradients (Hestenes and Stiefel 1952) on (λFᵀF + βI) z = λFᵀy + βx, for one β after the
 * other.
 *
 * <p>The error e = y − Fz and g = Fᵀe follow z by the products that conjugate gradients need
 * anyway, and d·FᵀFd is ‖Fd‖²: a step costs one F and one Fᵀ, a new β none. Vectors are single
 * precision, scalars double. They pass in blocks that stay in the first-level cache, and sums run
 * apart from updates, since only loops without a sum become vector instructions.
 */
final class CodeQuadratic {
  private static final int BLOCK = 1024;

  private final ConvolutionEngine engine;
  private final DeconvolutionalLayer layer;
  private final int number;
  private final FeatureMaps error;
  private final FeatureMaps projected;
  private final FeatureMaps direction;
  private final FeatureMaps answer;
  private final FeatureMaps gradient;
  private final float[] residual;
  private final int size;
  private double squaredDirection;

  CodeQuadratic(ConvolutionEngine engine, DeconvolutionalLayer layer, int number, Shape image) {
    this.engine = engine;
    this.layer = layer;
    this.number = number;
    Shape maps = layer.mapShape(image);
    this.error = FeatureMaps.zeros(image);
    this.projected = FeatureMaps.zeros(image);
    this.direction = FeatureMaps.zeros(maps);
    this.answer = FeatureMaps.zeros(maps);
    this.gradient = FeatureMaps.zeros(maps);
    this.residual = new float[maps.size()];
    this.size = maps.size();
  }

  /** Takes an image y and the code to start from. */
  void start(FeatureMaps y, FeatureMaps z) {
    float[] e = error.data();
    float[] image = y.data();
    if (isZero(z.data())) {
      System.arraycopy(image, 0, e, 0, e.length);
    } else {
      engine.synthesize(layer.filters(), z, error);
      for (int i = 0; i < e.length; i++) {
        e[i] = image[i] - e[i];
      }
    }
    engine.adjoint(layer.filters(), error, gradient);
  }

  private static boolean isZero(float[] z) {
    for (float value : z) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** y − Fz. */
  FeatureMaps error() {
    return error;
  }

  /**
   * Takes conjugate-gradient steps for one β, from the present z.
   *
   * @param last whether no other β follows, so that g need not be kept
   * @throws SolverDivergedException if a squared norm stops being finite
   */
  void minimise(float[] z, float[] x, double beta, BetaSchedule schedule, boolean last) {
    double squared = aim((float) beta, z, x);
    squaredDirection = squared;
    double enough = schedule.tolerance() * schedule.tolerance();
    for (int step = 1; step <= schedule.cgSteps(); step++) {
      requireFinite(squared, beta, step);
      if (squared < enough) {
        return;
      }
      float length = (float) lineSearch(squared, beta, step);
      boolean finish = step == schedule.cgSteps();
      if (finish && last) {
        axpy(length, direction.data(), z, 0, size);
        return;
      }
      engine.adjoint(layer.filters(), projected, answer);
      double next = advance(length, z, (float) beta, step == 1, finish);
      if (!finish) {
        turn((float) (next / squared));
      }
      squared = next;
    }
  }

  /** How far the quadratic falls along the direction; the error goes along. */
  private double lineSearch(double squared, double beta, int step) {
    engine.synthesize(layer.filters(), direction, projected);
    double curvature = layer.lambda() * projected.squaredNorm() + beta * squaredDirection;
    requireFinite(curvature, beta, step);
    double length = squared / curvature;
    axpy((float) -length, projected.data(), error.data(), 0, error.data().length);
    return length;
  }

  private void requireFinite(double squared, double beta, int step) {
    if (!Double.isFinite(squared)) {
      throw SolverDivergedException.inHalfQuadraticSplitting(number, beta, step, squared);
    }
  }

  /** direction ← λg + β(x − z), the residual; returns its squared norm. */
  private double aim(float beta, float[] z, float[] x) {
    float lambda = (float) layer.lambda();
    float[] d = direction.data();
    float[] g = gradient.data();
    double sum = 0;
    for (int from = 0; from < size; from += BLOCK) {
      int to = Math.min(size, from + BLOCK);
      for (int i = from; i < to; i++) {
        d[i] = lambda * g[i] + beta * (x[i] - z[i]);
      }
      sum += squares(d, from, to);
    }
    return sum;
  }

  /** Moves z, g and, unless it is the last time, the residual; returns its squared norm. */
  private double advance(float length, float[] z, float beta, boolean first, boolean finish) {
    float[] d = direction.data();
    float[] h = answer.data();
    // The first direction is the residual, and is still needed as such.
    float[] before = first ? d : residual;
    double sum = 0;
    for (int from = 0; from < size; from += BLOCK) {
      int to = Math.min(size, from + BLOCK);
      axpy(length, d, z, from, to);
      axpy(-length, h, gradient.data(), from, to);
      if (!finish) {
        fall(before, length * (float) layer.lambda(), h, length * beta, d, from, to);
        sum += squares(residual, from, to);
      }
    }
    return sum;
  }

  /** residual ← before − a h − b d. */
  private void fall(float[] before, float a, float[] h, float b, float[] d, int from, int to) {
    float[] r = residual;
    for (int i = from; i < to; i++) {
      r[i] = before[i] - a * h[i] - b * d[i];
    }
  }

  /** direction ← residual + factor · direction. */
  private void turn(float factor) {
    float[] d = direction.data();
    float[] r = residual;
    double sum = 0;
    for (int from = 0; from < size; from += BLOCK) {
      int to = Math.min(size, from + BLOCK);
      for (int i = from; i < to; i++) {
        d[i] = r[i] + factor * d[i];
      }
      sum += squares(d, from, to);
    }
    squaredDirection = sum;
  }

  /** y ← a x + y. */
  private static void axpy(float a, float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
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
