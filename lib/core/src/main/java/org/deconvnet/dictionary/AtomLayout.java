package org.deconvnet.dictionary;

import java.io.Serializable;
import org.deconvnet.operator.Boundary;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * Where the numbers of {@link AtomStatistics} lie: products in (map, row of the lag, column of the
 * lag, other map) order, targets as filters do.
 *
 * @param maps K
 * @param channels C
 * @param side s
 */
public record AtomLayout(int maps, int channels, int side) implements Serializable {
  public static AtomLayout of(FilterBank filters) {
    return new AtomLayout(filters.maps(), filters.channels(), filters.side());
  }

  /** Lags in one direction, from −(s−1) to s−1. */
  int lags() {
    return 2 * side - 1;
  }

  long products() {
    return (long) maps * maps * lags() * lags();
  }

  int targets() {
    return maps * channels * side * side;
  }

  /** Where the products of a map at a lag begin, one for each other map. */
  int product(int map, int row, int column) {
    return ((map * lags() + row + side - 1) * lags() + column + side - 1) * maps;
  }

  int target(int map, int channel, int row, int column) {
    return ((map * channels + channel) * side + row) * side + column;
  }

  /** Shape of an image's code. */
  Shape code(Boundary boundary, Shape image) {
    int height = boundary.places(image.height(), side);
    return new Shape(maps, height, boundary.places(image.width(), side));
  }
}
