package org.deconvnet.preprocess;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
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
    int top = (resized.height() - rows) / 2;
    int left = (resized.width() - columns) / 2;
    return MapWindow.cut(resized, top, left, rows, columns).values();
  }

  /** A line of pixels would be resized to millions of them, of which the crop takes few. */
  private static void requireShape(int height, int width, double area) {
    if (area > MOST_AREA) {
      throw new ImageTooSmallException(
          "crop: image: expected at most %d times the crop's proportions, got %d x %d pixels"
              .formatted(MOST_AREA, height, width));
    }
  }

  private FeatureMaps resized(PixelRows image) {
    double enlarged = (double) resize / Math.min(rows, columns);
    double wantedRows = rows * enlarged;
    double wantedColumns = columns * enlarged;
    int height = image.shape().height();
    int width = image.shape().width();
    double factor = Math.max(wantedRows / height, wantedColumns / width);
    requireShape(height, width, factor * factor * height * width / (wantedRows * wantedColumns));
    return Resampler.resize(
        new ColouredRows(image, !colours),
        Math.max((int) Math.round(wantedRows), (int) Math.round(height * factor)),
        Math.max((int) Math.round(wantedColumns), (int) Math.round(width * factor)));
  }
}
