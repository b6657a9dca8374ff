package org.deconvnet.solve.greedy;

import java.util.Random;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.operator.Masked;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/** Random filters and an image, for tests of coding. */
record Scene(FilterBank filters, Boundary boundary, FeatureMaps image, FeatureMaps mask) {
  static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();

  static Scene of(int maps, int side, Boundary boundary, Shape image, boolean masked, long seed) {
    Random random = new Random(seed);
    FeatureMaps y = FeatureMaps.zeros(image);
    for (int i = 0; i < y.data().length; i++) {
      y.data()[i] = (float) random.nextGaussian();
    }
    FeatureMaps mask = masked ? FeatureMaps.zeros(image.withMaps(1)) : null;
    for (int i = 0; masked && i < mask.data().length; i++) {
      mask.data()[i] = random.nextInt(3) == 0 ? 0 : 1;
    }
    return new Scene(filters(maps, image.maps(), side, random), boundary, y, mask);
  }

  static FilterBank filters(int maps, int channels, int side, Random random) {
    FilterBank filters = FilterBank.zeros(Connectivity.full(maps, channels), side);
    for (int i = 0; i < filters.data().length; i++) {
      filters.data()[i] = (float) random.nextGaussian();
    }
    for (int k = 0; k < maps; k++) {
      float norm = (float) filters.norm(k);
      for (int i = filters.offset(k, 0); i < filters.offset(k, 0) + channels * side * side; i++) {
        filters.data()[i] /= norm;
      }
    }
    return filters;
  }

  Shape code() {
    return boundary.maps(filters, image.shape());
  }

  LinearMap map() {
    LinearMap all = new BoundedSynthesis(ENGINE, filters, boundary, image.shape());
    return mask == null ? all : new Masked(all, mask);
  }

  /** The image as far as it is seen. */
  FeatureMaps seen() {
    FeatureMaps seen = image.copy();
    if (mask != null) {
      Masked.hide(mask, image, seen);
    }
    return seen;
  }

  LocallyGreedyDescent descent(WeightedL1 penalty, double tolerance) {
    DescentOptions options = new DescentOptions(tolerance, 10_000);
    return new LocallyGreedyDescent(filters, boundary, penalty, options, ENGINE);
  }

  /** Aᵀ (y − A z), map by map. */
  FeatureMaps gradient(FeatureMaps z) {
    LinearMap a = map();
    FeatureMaps residual = FeatureMaps.zeros(image.shape());
    a.apply(z, residual);
    FeatureMaps y = seen();
    for (int i = 0; i < y.data().length; i++) {
      residual.data()[i] = y.data()[i] - residual.data()[i];
    }
    FeatureMaps gradient = FeatureMaps.zeros(code());
    a.adjoint(residual, gradient);
    return gradient;
  }
}
