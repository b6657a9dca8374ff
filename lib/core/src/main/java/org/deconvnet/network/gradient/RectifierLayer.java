package org.deconvnet.network.gradient;

/** x where it is positive, {@code slope · x} elsewhere. */
final class RectifierLayer implements Layer {
  private final float slope;
  private final Signal in;
  private final Signal out;

  RectifierLayer(double slope, Signal in, Signal out) {
    this.slope = (float) slope;
    this.in = in;
    this.out = out;
  }

  @Override
  public void train() {
    float[] x = in.value().data();
    float[] y = out.value().data();
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] > 0 ? x[i] : slope * x[i];
    }
  }

  @Override
  public void backward(float[] parameters) {
    if (in.wanted()) {
      float[] x = in.value().data();
      float[] outer = out.gradient().data();
      float[] inner = in.receiving().data();
      for (int i = 0; i < x.length; i++) {
        inner[i] = x[i] > 0 ? outer[i] : slope * outer[i];
      }
      in.received();
    }
  }
}
