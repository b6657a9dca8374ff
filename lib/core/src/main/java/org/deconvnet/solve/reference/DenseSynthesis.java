package org.deconvnet.solve.reference;

import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/** What filters make of maps, and its adjoint, pair by pair in double precision. Immutable. */
final class DenseSynthesis {
  private final FilterBank f;
  private final Shape image;
  private final Shape maps;

  DenseSynthesis(FilterBank f, Shape image) {
    this.f = f;
    this.image = image;
    this.maps = f.mapShape(image);
  }

  /** F z, newly allocated. */
  double[] apply(double[] z) {
    double[] out = new double[image.size()];
    connect((pixel, entry, weight) -> out[pixel] += weight * z[entry]);
    return out;
  }

  /** Fᵀ r, newly allocated. */
  double[] adjoint(double[] r) {
    double[] out = new double[maps.size()];
    connect((pixel, entry, weight) -> out[entry] += weight * r[pixel]);
    return out;
  }

  private interface Link {
    void join(int pixel, int entry, double weight);
  }

  /** Every pair of a pixel and an entry that a filter number joins. */
  private void connect(Link link) {
    int s = f.side();
    for (int tap = 0; tap < f.data().length; tap++) {
      int k = tap / (s * s) / f.channels();
      int c = tap / (s * s) % f.channels();
      int i = tap / s % s;
      int j = tap % s;
      for (int row = 0; f.connectivity().connects(k, c) && row < image.height(); row++) {
        for (int column = 0; column < image.width(); column++) {
          int entry = (k * maps.height() + row + s - 1 - i) * maps.width() + column + s - 1 - j;
          int pixel = (c * image.height() + row) * image.width() + column;
          link.join(pixel, entry, f.data()[tap]);
        }
      }
    }
  }
}
