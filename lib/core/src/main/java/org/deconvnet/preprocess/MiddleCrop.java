package org.deconvnet.preprocess;

import org.deconvnet.label.LabelMap;
import org.deconvnet.label.LabelMap.Axis;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * The middle of an image, as networks that were learned with labels take it: the image is resized
 * until a rectangle of the crop's proportions just covers less of it, its aspect kept, and the
 * middle is cut out. For a square crop, {@code resize} is the length of the shorter side before.
 * Pixels stay in [0, 1].
 *
 * @param colours three maps, a grey image repeated; false: one, of luminance
 * @param resize pixels that the shorter side of the crop stands for before it is cut; at least that
 *     side
 * @param rows of the crop
 * @param columns of the crop
 * @param upright true: turned as the file's orientation says; false: as it is stored
 */
public record MiddleCrop(boolean colours, int resize, int rows, int columns, boolean upright)
    implements Preparation {
  /** How much larger than the crop's rectangle a resized image may be. */
  private static final int MOST_AREA = 32;

  public MiddleCrop {
    Checks.atLeast("crop: rows", 1, rows);
    Checks.atLeast("crop: columns", 1, columns);
    if (resize < Math.min(rows, columns)) {
      throw new UserErrorException(
          "crop: expected images resized to at least the crop's shorter side, %d, got %d"
              .formatted(Math.min(rows, columns), resize));
    }
  }

  @Override
  public FeatureMaps decodeResized(byte[] content, DecodeLimits limits) {
    return resized(ImageDecoder.rows(content, limits, upright));
  }

  @Override
  public FeatureMaps apply(FeatureMaps image) {
    if (image.maps() != 1 && image.maps() != 3) {
      throw new IllegalArgumentException(
          "crop: image: expected 1 (grey) or 3 (red, green, blue) maps, got " + image.maps());
    }
    Checks.finite("crop: image", image);
    FeatureMaps resized = resized(PixelRows.of(image));
    return MapWindow.cut(resized, top(resized.shape()), left(resized.shape()), rows, columns)
        .values();
  }

  /**
   * The labels of an image, resized and cut as the image itself; each pixel gets the nearest label.
   *
   * @param labels of the whole image, upright
   * @return rows by columns of the crop, newly allocated
   * @throws ImageTooSmallException as {@link #apply} throws it
   */
  public LabelMap labels(LabelMap labels) {
    Shape resized = size(labels.height(), labels.width());
    return labels.nearest(
        rows,
        columns,
        new Axis(top(resized), (double) labels.height() / resized.height()),
        new Axis(left(resized), (double) labels.width() / resized.width()));
  }

  /**
   * Labels of the crop, brought back to where it was cut from.
   *
   * @param labels rows by columns of the crop
   * @param height of the whole image
   * @param width of the whole image
   * @return of the whole image's size, void where the crop is not; newly allocated
   */
  public LabelMap back(LabelMap labels, int height, int width) {
    Shape resized = size(height, width);
    double down = (double) resized.height() / height;
    double across = (double) resized.width() / width;
    return labels.nearest(
        height,
        width,
        new Axis(-top(resized) / down, down),
        new Axis(-left(resized) / across, across));
  }

  private int top(Shape resized) {
    return (resized.height() - rows) / 2;
  }

  private int left(Shape resized) {
    return (resized.width() - columns) / 2;
  }

  /** A line of pixels would be resized to millions of them, of which the crop takes few. */
  private static void requireShape(int height, int width, double area) {
    if (area > MOST_AREA) {
      throw new ImageTooSmallException(
          "crop: image: expected at most %d times the crop's proportions, got %d x %d pixels"
              .formatted(MOST_AREA, height, width));
    }
  }

  /** An image's rows and columns once it is resized. */
  private Shape size(int height, int width) {
    double enlarged = (double) resize / Math.min(rows, columns);
    double wantedRows = rows * enlarged;
    double wantedColumns = columns * enlarged;
    double factor = Math.max(wantedRows / height, wantedColumns / width);
    requireShape(height, width, factor * factor * height * width / (wantedRows * wantedColumns));
    return new Shape(
        1,
        Math.max((int) Math.round(wantedRows), (int) Math.round(height * factor)),
        Math.max((int) Math.round(wantedColumns), (int) Math.round(width * factor)));
  }

  private FeatureMaps resized(PixelRows image) {
    Shape size = size(image.shape().height(), image.shape().width());
    return Resampler.resize(new ColouredRows(image, !colours), size.height(), size.width());
  }
}
