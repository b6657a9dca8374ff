package org.deconvnet.network.gradient;

import java.util.List;

/** The sum of branches; each gets the whole gradient. */
final class SumLayer implements Layer {
  private final List<Signal> in;
  private final Signal out;

  SumLayer(List<Signal> in, Signal out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void train() {
    float[] sum = out.value().data();
    System.arraycopy(in.get(0).value().data(), 0, sum, 0, sum.length);
    for (int branch = 1; branch < in.size(); branch++) {
      float[] term = in.get(branch).value().data();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += term[i];
      }
    }
  }

  @Override
  public void backward(float[] parameters) {
    float[] outer = out.gradient().data();
    for (int branch = 0; branch < in.size(); branch++) {
      Signal signal = in.get(branch);
      if (signal.wanted()) {
        System.arraycopy(outer, 0, signal.receiving().data(), 0, outer.length);
        signal.received();
      }
    }
  }
}
