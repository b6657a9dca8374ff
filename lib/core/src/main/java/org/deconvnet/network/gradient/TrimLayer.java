package org.deconvnet.network.gradient;

import java.util.Arrays;
import org.deconvnet.tensor.Shape;

/** The first rows and columns; back: zeros behind them. */
final class TrimLayer implements Layer {
  private final Signal in;
  private final Signal out;

  TrimLayer(Signal in, Signal out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void train() {
    copy(in.value(), out.value(), out.value().image());
  }

  @Override
  public void backward(float[] parameters) {
    if (in.wanted()) {
      Arrays.fill(in.receiving().data(), 0);
      copy(out.gradient(), in.receiving(), out.value().image());
      in.received();
    }
  }

  private static void copy(GroupMaps from, GroupMaps to, Shape kept) {
    for (int plane = 0; plane < kept.maps() * from.images(); plane++) {
      for (int row = 0; row < kept.height(); row++) {
        System.arraycopy(
            from.data(),
            (plane * from.image().height() + row) * from.image().width(),
            to.data(),
            (plane * to.image().height() + row) * to.image().width(),
            kept.width());
      }
    }
  }
}
