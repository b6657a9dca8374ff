package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageTooSmallException;
import org.deconvnet.preprocess.Preparation;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.ImageColumn;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What {@link ImagePreprocessor} and {@link ImageCrop} do with a row. Thread-safe.
 *
 * @param input index of the images' column
 * @param kind what that column holds
 * @param plain the same without mean and contrast steps; null where nobody wants it
 * @param sized grey, as it is, each at a size of its own
 * @param least fewest rows and columns of a usable image
 */
public record Preprocessing(
    int input,
    ImageColumn kind,
    Preparation preprocessor,
    Preparation plain,
    List<Preparation> sized,
    DecodeLimits limits,
    int least)
    implements Serializable {

  /** The row with its maps and what is wrong with it, one of them null. */
  Row of(Row row) {
    if (row.isNullAt(input)) {
      return unusable(row, "expected %s, got null".formatted(kind.words()));
    }
    try {
      return preprocessed(row);
    } catch (ImageDecodeException | ImageTooSmallException e) {
      return unusable(row, e.getMessage());
    } catch (IllegalArgumentException e) {
      // What lies in files never leads here; numbers may be any that somebody wrote.
      if (kind == ImageColumn.FILE) {
        throw e;
      }
      return unusable(row, e.getMessage());
    }
  }

  private Row preprocessed(Row row) {
    FeatureMaps resized = decoded(row, preprocessor);
    FeatureMaps maps = preprocessor.apply(resized);
    if (Math.min(maps.height(), maps.width()) < least) {
      return unusable(row, tooSmall(maps, least));
    }
    List<Object> made = new ArrayList<>();
    made.add(FeatureMapsColumn.toRow(maps));
    made.add(null);
    if (plain != null) {
      made.add(FeatureMapsColumn.toRow(plain.apply(resized)));
    }
    for (Preparation size : sized) {
      made.add(FeatureMapsColumn.toRow(size.apply(decoded(row, size))));
    }
    return Columns.append(row, made.toArray());
  }

  /** A file's image is resized while it is decoded: a large one never lies there as numbers. */
  private FeatureMaps decoded(Row row, Preparation size) {
    return kind == ImageColumn.FILE
        ? size.decodeResized(row.<byte[]>getAs(input), limits)
        : kind.decoded(row.getStruct(input), limits.maxPixels());
  }

  private Row unusable(Row row, String reason) {
    Object[] made = new Object[2 + (plain == null ? 0 : 1) + sized.size()];
    made[1] = reason;
    return Columns.append(row, made);
  }

  /** What is wrong with an image of fewer rows or columns than the filters need. */
  public static String tooSmall(FeatureMaps maps, int least) {
    return "expected at least %d x %d pixels after preprocessing, which the network's filters need, got %d x %d"
        .formatted(least, least, maps.height(), maps.width());
  }
}
