package org.deconvnet.operator.cnn;

import java.util.Arrays;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A group of images with their padding around them, (channel, image, row, column), so that a tap
 * and a window say by one addition where they meet. Padding that no window reaches is left out, and
 * images without padding are used as they lie. Not thread-safe.
 */
final class PaddedImages {
  private final Shape image;
  private final int images;
  private final int top;
  private final int left;
  private final int height;
  private final int width;
  private final float[] padded;

  PaddedImages(Geometry geometry, Shape image, int images) {
    this.image = image;
    this.images = images;
    top = geometry.rows().before();
    left = geometry.columns().before();
    height = side(geometry.rows(), image.height());
    width = side(geometry.columns(), image.width());
    padded = isBare() ? null : new float[new Shape(image.maps() * images, height, width).size()];
  }

  private static int side(AxisGeometry axis, int inputs) {
    int reached = axis.stride() * (axis.outputs(inputs) - 1) + axis.extent();
    return Math.max(inputs + axis.before(), reached);
  }

  private boolean isBare() {
    return height == image.height() && width == image.width();
  }

  /** Where the first tap of each window lies in an image's padded channel 0, image by image. */
  int[] windows(Geometry geometry, Shape output) {
    int[] places = new int[images * output.plane()];
    int at = 0;
    for (int n = 0; n < images; n++) {
      for (int y = 0; y < output.height(); y++) {
        for (int x = 0; x < output.width(); x++) {
          int row = n * height + geometry.rows().stride() * y;
          places[at++] = row * width + geometry.columns().stride() * x;
        }
      }
    }
    return places;
  }

  /** How far each tap lies from the first one of channel 0: (channel, row, column). */
  int[] taps(Geometry geometry) {
    int[] distances = new int[image.maps() * geometry.area()];
    int at = 0;
    for (int c = 0; c < image.maps(); c++) {
      for (int i = 0; i < geometry.rows().taps(); i++) {
        for (int j = 0; j < geometry.columns().taps(); j++) {
          int row = c * images * height + geometry.rows().dilation() * i;
          distances[at++] = row * width + geometry.columns().dilation() * j;
        }
      }
    }
    return distances;
  }

  /** The images with zeros around them; their own array where they need none. */
  float[] take(FeatureMaps x) {
    if (isBare()) {
      return x.data();
    }
    for (int line = 0; line < image.maps() * images * image.height(); line++) {
      System.arraycopy(x.data(), line * image.width(), padded, place(line), image.width());
    }
    return padded;
  }

  /** Room for sums, all zero: the images' own array where they need no padding. */
  float[] cleared(FeatureMaps x) {
    float[] sums = isBare() ? x.data() : padded;
    Arrays.fill(sums, 0);
    return sums;
  }

  /** Gives the images what {@link #cleared} has gathered; their padding is zeros again. */
  void put(FeatureMaps x) {
    if (isBare()) {
      return;
    }
    for (int line = 0; line < image.maps() * images * image.height(); line++) {
      System.arraycopy(padded, place(line), x.data(), line * image.width(), image.width());
    }
    Arrays.fill(padded, 0);
  }

  /** Where a row of an image starts; lines are counted over channels, images and rows. */
  private int place(int line) {
    int row = line / image.height() * height + top + line % image.height();
    return row * width + left;
  }
}
