package org.deconvnet.network.gradient;

import java.util.List;
import org.deconvnet.network.gradient.plan.Part;
import org.deconvnet.operator.cnn.Bias;
import org.deconvnet.operator.cnn.Convolution;
import org.deconvnet.tensor.FeatureMaps;

/** Filters and bias of a layer: out of the flat vector, and their gradients back into one. */
final class Filters {
  private final Part filters;
  private final Part bias;
  private final float[] weights;
  private final float[] shifts;
  private final float[] sums;

  /**
   * @param parts filters, then perhaps a bias
   */
  Filters(List<Part> parts) {
    filters = parts.get(0);
    bias = parts.size() > 1 ? parts.get(1) : null;
    weights = new float[filters.size()];
    shifts = new float[bias == null ? 0 : bias.size()];
    sums = shifts.clone();
  }

  void set(float[] all, Convolution convolution) {
    System.arraycopy(all, filters.offset(), weights, 0, weights.length);
    convolution.setWeights(weights);
    if (bias != null) {
      System.arraycopy(all, bias.offset(), shifts, 0, shifts.length);
    }
  }

  void addBias(FeatureMaps maps) {
    if (bias != null) {
      Bias.add(shifts, maps);
    }
  }

  /**
   * @param x what lies on the convolution's image side
   * @param y what lies on its map side
   * @param output the gradient of what the bias is added to
   */
  void gradient(
      Convolution convolution, FeatureMaps x, FeatureMaps y, FeatureMaps output, float[] all) {
    // The convolution has a copy of its filters: this array only carries.
    convolution.filterGradient(x, y, weights);
    System.arraycopy(weights, 0, all, filters.offset(), weights.length);
    if (bias != null) {
      Bias.gradient(output, sums);
      System.arraycopy(sums, 0, all, bias.offset(), sums.length);
    }
  }
}
