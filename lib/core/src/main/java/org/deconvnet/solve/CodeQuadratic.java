package org.deconvnet.solve;

import org.deconvnet.tensor.FeatureMaps;

/**
 * Conjugate gradients (Hestenes and Stiefel 1952) on (λAᵀA + βI) z = λAᵀy + βx, for one β after the
 * other.
 *
 * <p>The error e = y − Az and g = Aᵀe follow z by the products that conjugate gradients need
 * anyway, and d·AᵀAd is ‖Ad‖²: a step costs one A and one Aᵀ, a new β none.
 */
final class CodeQuadratic {
  private final CodeProblem problem;
  private final FeatureMaps error;
  private final FeatureMaps projected;
  private final CodeVectors vectors;
  private double squaredDirection;

  CodeQuadratic(CodeProblem problem) {
    this.problem = problem;
    this.error = FeatureMaps.zeros(problem.map().range());
    this.projected = FeatureMaps.zeros(problem.map().range());
    this.vectors = new CodeVectors(problem.map().domain());
  }

  /** Takes an image y and the code to start from. */
  void start(FeatureMaps y, FeatureMaps z) {
    float[] e = error.data();
    float[] image = y.data();
    if (isZero(z.data())) {
      System.arraycopy(image, 0, e, 0, e.length);
    } else {
      problem.map().apply(z, error);
      for (int i = 0; i < e.length; i++) {
        e[i] = image[i] - e[i];
      }
    }
    problem.map().adjoint(error, vectors.gradient());
  }

  private static boolean isZero(float[] z) {
    for (float value : z) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** y − Az. */
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
    double squared = vectors.aim(problem.lambda(), beta, z, x);
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
    problem.map().apply(vectors.direction(), projected);
    double curvature = problem.lambda() * projected.squaredNorm() + beta * squaredDirection;
    requireFinite(curvature, beta, step);
    double length = squared / curvature;
    CodeVectors.axpy((float) -length, projected.data(), error.data());
    return length;
  }

  /** Moves z; returns the squared norm of the residual there and has a direction for it. */
  private double goOn(double squared, double length, float[] z, double beta) {
    problem.map().adjoint(projected, vectors.answer());
    vectors.move(length, z);
    double next = vectors.fall(length * problem.lambda(), length * beta);
    squaredDirection = vectors.turn(next / squared);
    return next;
  }

  private void finish(double length, float[] z, boolean last) {
    if (last) {
      vectors.moveCode(length, z);
    } else {
      problem.map().adjoint(projected, vectors.answer());
      vectors.move(length, z);
    }
  }

  private void requireFinite(double squared, double beta, int step) {
    if (!Double.isFinite(squared)) {
      throw SolverDivergedException.inHalfQuadraticSplitting(problem.name(), beta, step, squared);
    }
  }
}
