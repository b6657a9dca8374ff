package org.deconvnet.spark.exec;

import breeze.generic.UFunc.UImpl2;
import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.linalg.operators.OpMulMatrix$;
import breeze.math.MutableInnerProductVectorSpace;
import breeze.optimize.linear.ConjugateGradient;
import java.util.Arrays;
import org.deconvnet.solve.Hessian;
import org.deconvnet.solve.QuadraticMinimizer;

/**
 * The driver's solver for the filter step: Breeze's conjugate gradients, which asks for H only by
 * its products. The one class here that knows Breeze. Stateless and thread-safe.
 */
public final class BreezeConjugateGradient implements QuadraticMinimizer {
  private static final double NO_NORM_LIMIT = Double.POSITIVE_INFINITY;
  private static final int NO_STEP_LIMIT = -1;
  private static final double TOLERANCE = 1e-8;

  @Override
  public double[] correction(Hessian hessian, double[] negativeGradient, int steps) {
    UImpl2<OpMulMatrix$, Products, DenseVector<Object>, DenseVector<Object>> product =
        (products, x) -> vector(products.next(numbers(x)));
    ConjugateGradient<DenseVector<Object>, Products> solver =
        new ConjugateGradient<>(NO_NORM_LIMIT, NO_STEP_LIMIT, 0, TOLERANCE, space(), product);
    var states =
        solver.iterations(
            vector(negativeGradient.clone()),
            new Products(hessian, steps),
            vector(new double[negativeGradient.length]));
    // The solver's own limit takes more steps than it says, so its states are counted here.
    var state = states.next();
    while (state.iter() < steps && !state.converged() && states.hasNext()) {
      state = states.next();
    }
    return numbers(state.x()).clone();
  }

  /** What the solver asks for, step by step. */
  private static final class Products {
    private final Hessian hessian;
    private int left;

    Products(Hessian hessian, int steps) {
      this.hessian = hessian;
      this.left = steps;
    }

    double[] next(double[] x) {
      if (Arrays.stream(x).allMatch(v -> v == 0)) {
        // H·0, at the start.
        return new double[x.length];
      }
      left--;
      return left > 0 ? hessian.product(x) : along(x, hessian.curvature(x));
    }

    /** Of the last product only its part along x says how far to go: a vector p with x·p right. */
    private static double[] along(double[] x, double curvature) {
      double squares = Arrays.stream(x).map(v -> v * v).sum();
      return Arrays.stream(x).map(v -> v * (curvature / squares)).toArray();
    }
  }

  // Scala's Double is Object to javac.
  @SuppressWarnings("unchecked")
  private static MutableInnerProductVectorSpace<DenseVector<Object>, Object> space() {
    return (MutableInnerProductVectorSpace<DenseVector<Object>, Object>)
        (Object) DenseVector$.MODULE$.space_Double();
  }

  private static DenseVector<Object> vector(double[] values) {
    return DenseVector$.MODULE$.apply(values);
  }

  private static double[] numbers(DenseVector<Object> vector) {
    return (double[]) vector.data();
  }
}
