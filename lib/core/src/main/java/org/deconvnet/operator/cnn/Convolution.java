package org.deconvnet.operator.cnn;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Convolution as networks learned with labels mean it, in truth a correlation: for an input x,
 * filters W and a geometry,
 *
 * <pre>y[k, o, q] = Σ_c Σ_ij W[k, c, i, j] · x[c, s·o + d·i − before, s·q + d·j − before]</pre>
 *
 * <p>{@link #apply} is x ↦ y, {@link #adjoint} is transposed convolution, y ↦ x, and {@link
 * #filterGradient} the adjoint in W. They are one trilinear form: {@code ⟨apply(x), y⟩ = ⟨x,
 * adjoint(y)⟩ = ⟨W, filterGradient(x, y)⟩}. So they are the backward passes of each other. All
 * three overwrite their last argument, which may alias no other. A {@link Bias} is added after
 * either.
 *
 * <p>Made for inputs of one shape, whose scratch memory it owns; once warm it allocates no array.
 * Images of a batch go through it one by one. Not thread-safe: it has an engine.
 */
public interface Convolution extends LinearMap {
  /**
   * The fastest way that there is for this geometry and shape.
   *
   * @param input (C, H, W)
   * @param maps K
   * @throws org.deconvnet.tensor.UserErrorException if the groups do not fit, or the input is
   *     smaller than a filter
   */
  static Convolution of(ConvolutionEngine engine, Geometry geometry, Shape input, int maps) {
    if (FullConnection.suits(geometry, input)) {
      return new FullConnection(engine.kernels(), geometry, input, maps);
    }
    if (PointwiseConvolution.suits(geometry)) {
      return new PointwiseConvolution(engine.kernels(), geometry, input, maps);
    }
    return new PhasedConvolution(engine, geometry, input, maps);
  }

  /** Shape of x, (C, H, W). */
  @Override
  Shape domain();

  /** Shape of y, (K, H', W'). */
  @Override
  Shape range();

  /**
   * The filters to use from now on. They are read now and not kept. Without them all are zero.
   *
   * @param weights (map, channel of the group, row, column), {@link Geometry#weights} numbers
   */
  void setWeights(float[] weights);

  /** Convolution: {@code y ← W ⋆ x}. */
  @Override
  void apply(FeatureMaps x, FeatureMaps y);

  /** Transposed convolution: {@code x ← Wᵀ y}. */
  @Override
  void adjoint(FeatureMaps y, FeatureMaps x);

  /**
   * Adjoint of {@link #apply} in the filters.
   *
   * @param weights receives the gradient, in the order of {@link #setWeights}
   */
  void filterGradient(FeatureMaps x, FeatureMaps y, float[] weights);
}
