package org.deconvnet.view;

import java.awt.image.BufferedImage;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/** Pictures of one image side by side, in their own colours. */
public final class PictureStrip {
  private static final float MID_GREY = 0.5f;

  private PictureStrip() {}

  /**
   * @param pictures at least one, (1 or 3, H, W) each, finite; 0 is black, 1 white
   * @param scale pixels along each number's square, at least 1
   */
  public static BufferedImage draw(List<FeatureMaps> pictures, int scale) {
    return rows(pictures, Math.max(1, pictures.size()), scale);
  }

  /**
   * As above, in rows one below another.
   *
   * @param columns pictures of a row, at least 1; the last row may have fewer
   */
  public static BufferedImage rows(List<FeatureMaps> pictures, int columns, int scale) {
    Checks.atLeast("picture strip: pictures", 1, pictures.size());
    Checks.atLeast("picture strip: columns", 1, columns);
    pictures.forEach(picture -> SignedTone.check("picture strip", picture));
    int rows = (pictures.size() + columns - 1) / columns;
    TileGrid grid = new TileGrid(pictures, rows, columns, scale);
    for (int i = 0; i < pictures.size(); i++) {
      grid.draw(i / columns, i % columns, aroundGrey(pictures.get(i)), MID_GREY);
    }
    return grid.picture();
  }

  private static FeatureMaps aroundGrey(FeatureMaps picture) {
    FeatureMaps signed = picture.copy();
    for (int i = 0; i < signed.data().length; i++) {
      signed.data()[i] -= MID_GREY;
    }
    return signed;
  }
}
