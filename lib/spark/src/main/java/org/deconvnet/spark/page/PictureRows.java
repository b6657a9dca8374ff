package org.deconvnet.spark.page;

import java.util.List;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/** Rows for a page from the pictures that a run has written: a few images, cut to their middle. */
public record PictureRows(PictureFolder pictures, List<String> ids) {
  private static final int SHOWN = 4;
  // A row of whole photographs would not fit a screen.
  private static final int SIDE = 240;

  /** A few of all images, drawn by the seed. */
  public static PictureRows of(PictureFolder pictures, PreparedCorpus prepared, long seed) {
    List<String> ids = FeatureLearning.ids(prepared.images());
    return new PictureRows(pictures, FeatureLearning.sample(ids, SHOWN, seed));
  }

  /**
   * @param names of the files, one a column
   * @return one row an image, (1 or 3, H, W) each, with zero at mid-grey, in [−½, ½]
   */
  List<List<FeatureMaps>> columns(List<String> names) {
    return ids.stream()
        .map(id -> pictures.read(id, names).stream().map(PictureRows::middle).toList())
        .toList();
  }

  private static FeatureMaps middle(FeatureMaps picture) {
    int height = Math.min(SIDE, picture.height());
    int width = Math.min(SIDE, picture.width());
    int top = (picture.height() - height) / 2;
    int left = (picture.width() - width) / 2;
    FeatureMaps middle = FeatureMaps.zeros(new Shape(picture.maps(), height, width));
    for (int map = 0; map < picture.maps(); map++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          middle.set(map, y, x, picture.get(map, top + y, left + x) - 0.5f);
        }
      }
    }
    return middle;
  }
}
