package org.deconvnet.network.deconvolutional;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Conjugate gradients (Hestenes and Stiefel 1952) on (λFᵀF + βI) z = λFᵀy + βx, for one β after the
 * other.
 *
 * <p>The error e = y − Fz and g = Fᵀe follow z by the products that conjugate gradients need
 * anyway, and d·FᵀFd is ‖Fd‖²: a step costs one F and one Fᵀ, a new β none.
 */
final class CodeQuadratic {
  private final ConvolutionEngine engine;
  private final DeconvolutionalLayer layer;
  private final int number;
  private final FeatureMaps error;
  private final FeatureMaps projected;
  private final CodeVectors vectors;
  private double squaredDirection;

  CodeQuadratic(ConvolutionEngine engine, DeconvolutionalLayer layer, int number, Shape image) {
    this.engine = engine;
    this.layer = layer;
    this.number = number;
    this.error = FeatureMaps.zeros(image);
    this.projected = FeatureMaps.zeros(image);
    this.vectors = new CodeVectors(layer.mapShape(image));
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
    engine.adjoint(layer.filters(), error, vectors.gradient());
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
    double squared = vectors.aim(layer.lambda(), beta, z, x);
    squaredDirection = squared;
    double enough = schedule.tolerance() * schedule.tolerance();
    for (int step = 1; step <= schedule.cgSteps(); step++) {
      requireFinite(squared, beta, step);
      if (squared <= enough) {
        return;
      }
      double length = lineSearch(squared, beta, step);
      boolean finish = step == schedule.cgSteps();
      if (finish) {
        finish(length, z, last);
      } else {
        squared = goOn(squared, length, z, beta);
      }
    }
  }

  /** How far the quadratic falls along the direction; the error goes along. */
  private double lineSearch(double squared, double beta, int step) {
    engine.synthesize(layer.filters(), vectors.direction(), projected);
    double curvature = layer.lambda() * projected.squaredNorm() + beta * squaredDirection;
    requireFinite(curvature, beta, step);
    double length = squared / curvature;
    CodeVectors.axpy((float) -length, projected.data(), error.data());
    return length;
  }

  /** Moves z; returns the squared norm of the residual there and has a direction for it. */
  private double goOn(double squared, double length, float[] z, double beta) {
    engine.adjoint(layer.filters(), projected, vectors.answer());
    vectors.move(length, z);
    double next = vectors.fall(length * layer.lambda(), length * beta);
    squaredDirection = vectors.turn(next / squared);
    return next;
  }

  private void finish(double length, float[] z, boolean last) {
    if (last) {
      vectors.moveCode(length, z);
    } else {
      engine.adjoint(layer.filters(), projected, vectors.answer());
      vectors.move(length, z);
    }
  }

  private void requireFinite(double squared, double beta, int step) {
    if (!Double.isFinite(squared)) {
      throw SolverDivergedException.inHalfQuadraticSplitting(number, beta, step, squared);
    }
  }
}
