package org.deconvnet.spark.exec;

import breeze.generic.UFunc.UImpl2;
import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.linalg.operators.OpMulMatrix$;
import breeze.math.MutableInnerProductVectorSpace;
import breeze.optimize.linear.ConjugateGradient;
import java.util.Arrays;
import java.util.function.UnaryOperator;
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
  public double[] correction(
      UnaryOperator<double[]> hessian, double[] negativeGradient, int steps) {
    UImpl2<OpMulMatrix$, UnaryOperator<double[]>, DenseVector<Object>, DenseVector<Object>>
        product = (h, x) -> vector(product(h, numbers(x)));
    ConjugateGradient<DenseVector<Object>, UnaryOperator<double[]>> solver =
        new ConjugateGradient<>(NO_NORM_LIMIT, NO_STEP_LIMIT, 0, TOLERANCE, space(), product);
    var states =
        solver.iterations(
            vector(negativeGradient.clone()), hessian, vector(new double[negativeGradient.length]));
    // The solver's own limit takes more steps than it says, so its states are counted here.
    var state = states.next();
    while (state.iter() < steps && !state.converged() && states.hasNext()) {
      state = states.next();
    }
    return numbers(state.x()).clone();
  }

  /** The solver asks for H·0 at its start: that needs no pass over the images. */
  private static double[] product(UnaryOperator<double[]> hessian, double[] x) {
    return Arrays.stream(x).allMatch(v -> v == 0) ? new double[x.length] : hessian.apply(x);
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
