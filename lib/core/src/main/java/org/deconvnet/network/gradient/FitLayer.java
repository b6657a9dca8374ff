package org.deconvnet.network.gradient;

import java.util.Arrays;
import org.deconvnet.tensor.Shape;

/** Crops a signal, or surrounds it with zeros; back: the other way round. */
final class FitLayer implements Layer {
  private final Signal in;
  private final Signal like;
  private final Signal out;

  /**
   * @param like of which only the size matters
   */
  FitLayer(Signal in, Signal like, Signal out) {
    this.in = in;
    this.like = like;
    this.out = out;
  }

  @Override
  public void train() {
    copy(in.value(), out.value());
  }

  @Override
  public void backward(float[] parameters) {
    if (in.wanted()) {
      copy(out.gradient(), in.receiving());
      in.received();
    }
    if (like.wanted()) {
      Arrays.fill(like.receiving().data(), 0);
      like.received();
    }
  }

  /** What both have room for, one's middle to the other's; elsewhere zeros. */
  private static void copy(GroupMaps from, GroupMaps to) {
    Shape small = from.image();
    Shape large = to.image();
    int rows = Math.min(small.height(), large.height());
    int columns = Math.min(small.width(), large.width());
    Arrays.fill(to.data(), 0);
    for (int plane = 0; plane < small.maps() * from.images(); plane++) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            from.data(),
            place(small, plane, row, rows, columns),
            to.data(),
            place(large, plane, row, rows, columns),
            columns);
      }
    }
  }

  private static int place(Shape shape, int plane, int row, int rows, int columns) {
    int top = (shape.height() - rows) / 2;
    int left = (shape.width() - columns) / 2;
    return (plane * shape.height() + top + row) * shape.width() + left;
  }
}
