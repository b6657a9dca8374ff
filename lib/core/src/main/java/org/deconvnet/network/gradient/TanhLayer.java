package org.deconvnet.network.gradient;

/** {@code y = tanh x}; back: {@code x̄ = (1 − y²) ȳ}. The same bits in every JVM. */
final class TanhLayer implements Layer {
  private final Signal in;
  private final Signal out;

  TanhLayer(Signal in, Signal out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void train() {
    float[] x = in.value().data();
    float[] y = out.value().data();
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) StrictMath.tanh(x[i]);
    }
  }

  @Override
  public void backward(float[] parameters) {
    if (in.wanted()) {
      float[] y = out.value().data();
      float[] outer = out.gradient().data();
      float[] inner = in.receiving().data();
      for (int i = 0; i < y.length; i++) {
        inner[i] = (1 - y[i] * y[i]) * outer[i];
      }
      in.received();
    }
  }
}
