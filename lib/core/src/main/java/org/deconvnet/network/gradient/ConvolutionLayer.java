package org.deconvnet.network.gradient;

import java.util.List;
import org.deconvnet.network.gradient.plan.Part;
import org.deconvnet.operator.cnn.Convolution;

/** {@code y = W ⋆ x + b}; back: {@code x̄ = Wᵀ ȳ}. */
final class ConvolutionLayer implements Layer {
  private final Convolution convolution;
  private final Filters filters;
  private final Signal in;
  private final Signal out;

  ConvolutionLayer(Convolution convolution, List<Part> parts, Signal in, Signal out) {
    this.convolution = convolution;
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
    convolution.apply(in.value().stacked(), out.value().stacked());
    filters.addBias(out.value().stacked());
  }

  @Override
  public void backward(float[] parameters) {
    var outer = out.gradient().stacked();
    if (parameters != null) {
      filters.gradient(convolution, in.value().stacked(), outer, outer, parameters);
    }
    if (in.wanted()) {
      convolution.adjoint(outer, in.receiving().stacked());
      in.received();
    }
  }
}
