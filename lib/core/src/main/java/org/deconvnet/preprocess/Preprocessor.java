package org.deconvnet.preprocess;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Grey or colour, resize, mean, local contrast normalisation, padding, in that order. Immutable,
 * thread-safe and serializable: one instance serves all tasks.
 */
public final class Preprocessor implements Preparation {
  private static final long serialVersionUID = 1;

  private final PreprocessOptions options;
  private final LocalContrastNormalization contrast;

  public Preprocessor(PreprocessOptions options) {
    this.options = options;
    this.contrast =
        new LocalContrastNormalization(
            options.window(),
            options.sigma(),
            options.border(),
            options.deviationFloor(),
            options.deviation());
  }

  public PreprocessOptions options() {
    return options;
  }

  /**
   * The image as a network sees it. With neither local contrast nor the mean subtracted the numbers
   * stay in the image's range.
   *
   * @param image 1 (grey) or 3 (red, green, blue) maps; not changed
   * @return new maps of {@link #outputShape}
   * @throws IllegalArgumentException if there is another number of maps, or a number is not finite
   * @throws ImageTooSmallException if local contrast has the valid border and its window does not
   *     fit into the resized image
   */
  @Override
  public FeatureMaps apply(FeatureMaps image) {
    checkMaps(image.shape());
    Checks.finite("preprocessing: image", image);
    return apply(PixelRows.of(image));
  }

  /**
   * As {@link #apply} of the decoded image, to the bit, without holding it as floating-point
   * numbers: a photograph of 24 million pixels takes its samples, 72 MB, and a few MB more where it
   * is made smaller.
   *
   * @param content an image file's bytes
   * @throws ImageDecodeException as {@link ImageDecoder#decode} throws it
   * @throws ImageTooSmallException as {@link #apply} throws it
   */
  public FeatureMaps decode(byte[] content, DecodeLimits limits) {
    return apply(ImageDecoder.rows(content, limits, options.upright()));
  }

  /**
   * The first steps of {@link #decode} alone: in grey or colour, and resized. {@link #apply} of
   * this is what {@link #decode} gives, to the bit.
   *
   * @throws ImageDecodeException as {@link ImageDecoder#decode} throws it
   */
  @Override
  public FeatureMaps decodeResized(byte[] content, DecodeLimits limits) {
    return resize(ImageDecoder.rows(content, limits, options.upright()));
  }

  private FeatureMaps resize(PixelRows image) {
    int[] size = resized(image.shape().height(), image.shape().width());
    return Resampler.resize(new ColouredRows(image, options.grey()), size[0], size[1]);
  }

  private FeatureMaps apply(PixelRows image) {
    FeatureMaps maps = resize(image);
    if (options.subtractMean()) {
      maps = centred(maps);
    }
    if (options.localContrast()) {
      maps = contrast.apply(maps);
    }
    Shape wanted = outputShape(image.shape());
    return maps.shape().equals(wanted) ? maps : padded(maps, wanted);
  }

  /**
   * The shape that {@link #apply} makes of an image of this shape.
   *
   * @throws IllegalArgumentException if there is neither 1 nor 3 maps
   * @throws ImageTooSmallException as {@link #apply} throws it
   */
  public Shape outputShape(Shape image) {
    checkMaps(image);
    int[] size = resized(image.height(), image.width());
    Shape shape = new Shape(options.grey() ? 1 : 3, size[0], size[1]);
    if (options.localContrast()) {
      shape = contrast.outputShape(shape);
    }
    int square = Math.max(shape.height(), shape.width());
    return options.padToSquare() ? new Shape(shape.maps(), square, square) : shape;
  }

  private static void checkMaps(Shape image) {
    if (image.maps() != 1 && image.maps() != 3) {
      throw new IllegalArgumentException(
          "preprocessing: image: expected 1 (grey) or 3 (red, green, blue) maps, got "
              + image.maps());
    }
  }

  /** Height and width with the longer side as wished and the aspect kept, at least one pixel. */
  private int[] resized(int height, int width) {
    if (options.longestSide() == 0) {
      return new int[] {height, width};
    }
    double factor = (double) options.longestSide() / Math.max(height, width);
    return new int[] {
      Math.max(1, (int) Math.round(height * factor)), Math.max(1, (int) Math.round(width * factor))
    };
  }

  private static FeatureMaps centred(FeatureMaps maps) {
    FeatureMaps out = FeatureMaps.zeros(maps.shape());
    int plane = maps.shape().plane();
    for (int start = 0; start < out.data().length; start += plane) {
      double sum = 0;
      for (int i = start; i < start + plane; i++) {
        sum += maps.data()[i];
      }
      for (int i = start; i < start + plane; i++) {
        out.data()[i] = (float) (maps.data()[i] - sum / plane);
      }
    }
    return out;
  }

  /** Zeros are the mean after normalisation, so the pad adds no contrast of its own. */
  private static FeatureMaps padded(FeatureMaps maps, Shape square) {
    FeatureMaps out = FeatureMaps.zeros(square);
    for (int map = 0; map < maps.maps(); map++) {
      for (int y = 0; y < maps.height(); y++) {
        int from = maps.index(map, y, 0);
        System.arraycopy(maps.data(), from, out.data(), out.index(map, y, 0), maps.width());
      }
    }
    return out;
  }
}
