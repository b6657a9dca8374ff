package org.deconvnet.solve.reference;

import java.util.List;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.CodeProblem;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;

/**
 * {@link org.deconvnet.solve.Ista} as the paper lists it (Zeiler et al., ICCV 2011, algorithm 1),
 * with whole maps at every step and a step that stays as it is; and what {@link Shrinkage} adds to
 * it. Stateless.
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
      Shrinkage shrinkage,
      FeatureMaps y,
      FeatureMaps z) {
    LinearMap a = problem.map();
    FeatureMaps code = FeatureMaps.zeros(a.domain());
    FeatureMaps before = code;
    FeatureMaps pooled = FeatureMaps.zeros(pool.pooled(a.domain()));
    Switches switches = Switches.allocate(pooled.shape(), a.domain());
    double objective = Double.POSITIVE_INFINITY;
    double theta = 1;
    for (int t = 0; t < iterations; t++) {
      FeatureMaps ahead = code;
      if (shrinkage.momentum()) {
        double now = trace(problem, code, y).objective();
        theta = now > objective ? 1 : theta;
        double following = (1 + Math.sqrt(1 + 4 * theta * theta)) / 2;
        ahead = ahead(code, before, (theta - 1) / following);
        objective = now;
        theta = following;
      }
      FeatureMaps gradient = FeatureMaps.zeros(a.domain());
      a.adjoint(error(a, ahead, y), gradient);
      for (int i = 0; i < z.data().length; i++) {
        z.data()[i] = ahead.data()[i] - (float) step * gradient.data()[i];
      }
      problem.penalty().proximal((float) step, problem.lambda()).apply(z.data(), 1, z.data());
      MaxPool3d.pool(pool, z, pooled, switches);
      before = code.copy();
      switches.unpool(pooled, code);
    }
    if (shrinkage.refit()) {
      refit(a, code, y, pooled, z);
      switches.unpool(pooled, code);
    }
    return new SparseCode(pooled, switches, trace(problem, code, y));
  }

  /** z + β (z − z⁻). */
  private static FeatureMaps ahead(FeatureMaps z, FeatureMaps before, double beta) {
    FeatureMaps ahead = z.copy();
    for (int i = 0; i < z.data().length; i++) {
      ahead.data()[i] += (float) (beta * (z.data()[i] - before.data()[i]));
    }
    return ahead;
  }

  /** p and z times ⟨A code, y⟩ / ‖A code‖². */
  private static void refit(
      LinearMap a, FeatureMaps code, FeatureMaps y, FeatureMaps pooled, FeatureMaps z) {
    FeatureMaps drawn = FeatureMaps.zeros(a.range());
    a.apply(code, drawn);
    double agreement = 0;
    for (int i = 0; i < y.data().length; i++) {
      agreement += (double) drawn.data()[i] * y.data()[i];
    }
    float factor = agreement > 0 ? (float) (agreement / drawn.squaredNorm()) : 1;
    for (FeatureMaps maps : List.of(pooled, z)) {
      for (int i = 0; i < maps.data().length; i++) {
        maps.data()[i] *= factor;
      }
    }
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
