package org.deconvnet.network.csc;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * The least λ at which an image's code is zero: the largest d_kᵀ y / w_k, in size where codes may
 * be negative. Maps without penalty do not count. Keeps the workspace of the last shape. Not
 * thread-safe.
 */
final class LambdaMax {
  private final ConvolutionEngine engine;
  private final CscLayer layer;
  private final double[] weights;
  private Shape shape;
  private BoundedSynthesis synthesis;
  private FeatureMaps products;

  LambdaMax(ConvolutionEngine engine, CscLayer layer) {
    this.engine = engine;
    this.layer = layer;
    this.weights = layer.coding().weights();
  }

  /**
   * @param y hidden pixels zero
   */
  double of(FeatureMaps y) {
    if (!y.shape().equals(shape)) {
      shape = y.shape();
      synthesis =
          new BoundedSynthesis(engine, layer.filters(), layer.coding().boundary(), y.shape());
      products = FeatureMaps.zeros(synthesis.domain());
    }
    synthesis.adjoint(y, products);
    double largest = 0;
    int plane = products.shape().plane();
    for (int i = 0; i < products.data().length; i++) {
      float product = products.data()[i];
      double size = layer.coding().nonNegative() ? product : Math.abs(product);
      double weight = weights[i / plane];
      if (weight > 0 && size > largest * weight) {
        largest = size / weight;
      }
    }
    return largest;
  }
}
