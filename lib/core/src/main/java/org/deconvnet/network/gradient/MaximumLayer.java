package org.deconvnet.network.gradient;

import org.deconvnet.operator.Switches;
import org.deconvnet.operator.cnn.MaxPooling;
import org.deconvnet.operator.cnn.PoolWindows;

/** Max pooling; back through the switches, which add where two windows chose one place. */
final class MaximumLayer implements Layer {
  private final MaxPooling pooling;
  private final Switches switches;
  private final Signal in;
  private final Signal out;

  MaximumLayer(PoolWindows windows, Signal in, Signal out) {
    pooling = new MaxPooling(windows, in.value().separate().shape());
    switches = Switches.allocate(pooling.pooled(), in.value().separate().shape());
    this.in = in;
    this.out = out;
  }

  @Override
  public void train() {
    pooling.pool(in.value().separate(), out.value().separate(), switches);
  }

  @Override
  public void backward(float[] parameters) {
    if (in.wanted()) {
      switches.unpoolSum(out.gradient().separate(), in.receiving().separate());
      in.received();
    }
  }
}
