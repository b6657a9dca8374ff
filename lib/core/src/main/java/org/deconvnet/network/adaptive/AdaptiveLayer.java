package org.deconvnet.network.adaptive;

import java.io.Serializable;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.penalty.L1;
import org.deconvnet.solve.CodeProblem;
import org.deconvnet.solve.Ista;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.solve.SolverOptions;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * One layer as inference needs it.
 *
 * @param filters f, (maps, channels, side, side); the channels are the pooled maps of the layer
 *     below
 * @param pool block of the 3-D max pooling on top of the layer
 * @param lambda weight λ of the data term against |z|₁
 * @param iterations ISTA iterations
 * @param step gradient step on ½‖Rz − y‖²; safe below 1/‖RᵀR‖. The shrinkage is step/λ
 * @param shrinkage what is done beyond the paper's steps
 */
public record AdaptiveLayer(
    FilterBank filters,
    PoolSize pool,
    double lambda,
    int iterations,
    double step,
    Shrinkage shrinkage)
    implements Serializable {
  public AdaptiveLayer {
    Checks.positive("lambda", lambda);
    Checks.atLeast("iterations", 1, iterations);
    Checks.positive("step", step);
  }

  /** A layer with the paper's steps alone. */
  public AdaptiveLayer(
      FilterBank filters, PoolSize pool, double lambda, int iterations, double step) {
    this(filters, pool, lambda, iterations, step, Shrinkage.PLAIN);
  }

  /** Shape of the feature maps z that reconstruct an input of this shape. */
  public Shape mapShape(Shape input) {
    return filters.mapShape(input);
  }

  /** Shape of the pooled maps p: the input of the layer above. */
  public Shape pooledShape(Shape input) {
    return pool.pooled(mapShape(input));
  }

  /** Maps after pooling: the channels of the layer above. */
  public int pooledMaps() {
    return (filters.maps() + pool.maps() - 1) / pool.maps();
  }

  /**
   * Inference with the present filters.
   *
   * @param r the reconstruction whose top filters are this layer's
   * @param number the layer's number, for messages
   */
  public Ista solver(Reconstruction r, int number) {
    CodeProblem problem = new CodeProblem("layer " + number, r, lambda, new L1(1));
    return new Ista(
        problem, pool, step, SolverOptions.iterations(iterations), shrinkage, r.engine().kernels());
  }

  public AdaptiveLayer withFilters(FilterBank newFilters, double newStep) {
    return new AdaptiveLayer(newFilters, pool, lambda, iterations, newStep, shrinkage);
  }
}
