package org.deconvnet.network.gradient;

import java.util.List;
import org.deconvnet.network.gradient.plan.Part;
import org.deconvnet.operator.cnn.Convolution;
import org.deconvnet.tensor.FeatureMaps;

/**
 * {@code y = W ⋆ x + b}, back {@code x̄ = Wᵀ ȳ}; or transposed, {@code x = Wᵀ y + b}, back {@code ȳ
 * = W ⋆ x̄}: each is the other's way back.
 */
final class ConvolutionLayer implements Layer {
  private final Convolution convolution;
  private final boolean transposed;
  private final Filters filters;
  private final Signal in;
  private final Signal out;

  /**
   * @param transposed whether what goes in are the convolution's maps, y
   */
  ConvolutionLayer(
      Convolution convolution, boolean transposed, List<Part> parts, Signal in, Signal out) {
    this.convolution = convolution;
    this.transposed = transposed;
    this.filters = new Filters(parts);
    this.in = in;
    this.out = out;
  }

  @Override
  public void setParameters(float[] all) {
    filters.set(all, convolution);
  }

  @Override
  public void train() {
    map(transposed, in.value().stacked(), out.value().stacked());
    filters.addBias(out.value().stacked());
  }

  @Override
  public void backward(float[] parameters) {
    FeatureMaps inner = in.value().stacked();
    FeatureMaps outer = out.gradient().stacked();
    if (parameters != null) {
      filters.gradient(
          convolution, transposed ? outer : inner, transposed ? inner : outer, outer, parameters);
    }
    if (in.wanted()) {
      map(!transposed, outer, in.receiving().stacked());
      in.received();
    }
  }

  private void map(boolean byTranspose, FeatureMaps from, FeatureMaps to) {
    if (byTranspose) {
      convolution.adjoint(from, to);
    } else {
      convolution.apply(from, to);
    }
  }
}
