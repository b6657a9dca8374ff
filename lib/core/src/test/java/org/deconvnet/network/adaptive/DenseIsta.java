package org.deconvnet.network.adaptive;

import org.deconvnet.operator.MaxPool3d;
import org.deconvnet.operator.Switches;
import org.deconvnet.penalty.SoftThreshold;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;

/** ISTA as the paper lists it, with whole maps at every step: the oracle of {@link Ista}. */
final class DenseIsta {
  private DenseIsta() {}

  /** Pooled values and switches after the layer's iterations; z before the last pooling in z. */
  static SparseCode infer(Reconstruction r, AdaptiveLayer layer, FeatureMaps y, FeatureMaps z) {
    FeatureMaps error = FeatureMaps.zeros(r.imageShape());
    FeatureMaps gradient = FeatureMaps.zeros(r.mapShape());
    FeatureMaps pooled = FeatureMaps.zeros(layer.pool().pooled(r.mapShape()));
    Switches switches = Switches.allocate(pooled.shape(), r.mapShape());
    z.fill(0);
    for (int t = 0; t < layer.iterations(); t++) {
      r.apply(z, error);
      for (int i = 0; i < error.data().length; i++) {
        error.data()[i] -= y.data()[i];
      }
      r.adjoint(error, gradient);
      SoftThreshold.gradientStep(
          z.data(), gradient.data(), (float) layer.step(), (float) (layer.step() / layer.lambda()));
      MaxPool3d.pool(layer.pool(), z, pooled, switches);
      if (t < layer.iterations() - 1) {
        MaxPool3d.unpool(pooled, switches, z);
      }
    }
    return new SparseCode(pooled, switches, null);
  }
}
