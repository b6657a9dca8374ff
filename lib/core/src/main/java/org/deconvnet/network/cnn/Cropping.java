package org.deconvnet.network.cnn;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What was padded with zeros loses its rim.
 *
 * @param top rows of padding above
 * @param left columns of padding at the left
 */
record Cropping(int top, int left) implements Downward {
  @Override
  public void carry(int input, FeatureMaps above, ForwardRecord forward, FeatureMaps below) {
    for (int map = 0; map < below.maps(); map++) {
      for (int y = 0; y < below.height(); y++) {
        System.arraycopy(
            above.data(),
            above.index(map, y + top, left),
            below.data(),
            below.index(map, y, 0),
            below.width());
      }
    }
  }

  @Override
  public ReceptiveField field(int input, ReceptiveField above) {
    return new ReceptiveField(
        above.top() - top, above.left() - left, above.height(), above.width());
  }
}
