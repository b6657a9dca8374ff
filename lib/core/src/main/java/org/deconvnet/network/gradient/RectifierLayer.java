package org.deconvnet.network.gradient;

/**
 * x where it is positive, {@code slope · x} elsewhere. Without branches: signs are as good as
 * random, and no processor foresees them.
 */
final class RectifierLayer implements Layer {
  /** Makes 1 or more of every positive number, in two factors: one float cannot hold it. */
  private static final float LARGE = 0x1p127f;

  private static final float LARGER = 0x1p23f;

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
      y[i] = Math.max(x[i], 0) + slope * Math.min(x[i], 0);
    }
  }

  @Override
  public void backward(float[] parameters) {
    if (in.wanted()) {
      float[] x = in.value().data();
      float[] outer = out.gradient().data();
      float[] inner = in.receiving().data();
      for (int i = 0; i < x.length; i++) {
        inner[i] = outer[i] * Math.min(Math.max(x[i] * LARGE * LARGER, slope), 1);
      }
      in.received();
    }
  }
}
