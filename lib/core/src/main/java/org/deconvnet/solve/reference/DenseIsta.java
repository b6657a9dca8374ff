package org.deconvnet.solve.reference;

import org.deconvnet.operator.LinearMap;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.CodeProblem;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;

/**
 * {@link org.deconvnet.solve.Ista} as the paper lists it (Zeiler et al., ICCV 2011, algorithm 1),
 * with whole maps at every step and a step that stays as it is. Stateless.
 */
public final class DenseIsta {
  private DenseIsta() {}

  /**
   * Starts from z = 0.
   *
   * @param step gradient step on ½‖A z − y‖²
   * @param y image, (C, H, W)
   * @param z receives the maps before the last pooling, (K, H+s−1, W+s−1)
   */
  public static SparseCode infer(
      CodeProblem problem,
      PoolSize pool,
      double step,
      int iterations,
      FeatureMaps y,
      FeatureMaps z) {
    LinearMap a = problem.map();
    FeatureMaps code = FeatureMaps.zeros(a.domain());
    FeatureMaps pooled = FeatureMaps.zeros(pool.pooled(a.domain()));
    Switches switches = Switches.allocate(pooled.shape(), a.domain());
    for (int t = 0; t < iterations; t++) {
      FeatureMaps gradient = FeatureMaps.zeros(a.domain());
      a.adjoint(error(a, code, y), gradient);
      for (int i = 0; i < z.data().length; i++) {
        z.data()[i] = code.data()[i] - (float) step * gradient.data()[i];
      }
      problem.penalty().proximal((float) step, problem.lambda()).apply(z.data(), 1, z.data());
      MaxPool3d.pool(pool, z, pooled, switches);
      switches.unpool(pooled, code);
    }
    return new SparseCode(pooled, switches, trace(problem, code, y));
  }

  /** A z − y. */
  private static FeatureMaps error(LinearMap a, FeatureMaps z, FeatureMaps y) {
    FeatureMaps error = FeatureMaps.zeros(a.range());
    a.apply(z, error);
    for (int i = 0; i < error.data().length; i++) {
      error.data()[i] -= y.data()[i];
    }
    return error;
  }

  private static CodeTrace trace(CodeProblem problem, FeatureMaps code, FeatureMaps y) {
    double squaredError = error(problem.map(), code, y).squaredNorm();
    return new CodeTrace(
        problem.lambda() / 2 * squaredError,
        problem.penalty().value(code.data()),
        squaredError,
        y.squaredNorm(),
        code.nonZeros(),
        code.shape().size());
  }
}
