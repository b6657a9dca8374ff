package org.deconvnet.view;

import java.awt.image.BufferedImage;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Rows of pictures of the same image: the input, its reconstruction from each layer, the residual.
 *
 * <p>A row has one scale: with m the largest absolute value of the whole row, -m is drawn as tone
 * 0, zero as 128 and +m as 255. So brightness can be compared within a row, not between rows.
 * Column captions belong into the page that shows it.
 */
public final class ReconstructionSheet {
  private ReconstructionSheet() {}

  /**
   * Draws the sheet, each number as a square of {@code scale} pixels. All cells have the size of
   * the largest picture, so columns are equally wide.
   *
   * @param rows at least one, all with the same number of pictures, at least one; each picture is 1
   *     map (grey) or 3 maps (RGB) of finite numbers
   * @param scale pixels per number, at least 1
   * @throws IllegalArgumentException if the rows break the rules above
   */
  public static BufferedImage draw(List<List<FeatureMaps>> rows, int scale) {
    check(rows);
    int columns = rows.get(0).size();
    List<FeatureMaps> all = rows.stream().flatMap(List::stream).toList();
    TileGrid grid = new TileGrid(all, rows.size(), columns, scale);
    for (int i = 0; i < rows.size(); i++) {
      float range = range(rows.get(i));
      for (int j = 0; j < columns; j++) {
        grid.draw(i, j, rows.get(i).get(j), range);
      }
    }
    return grid.picture();
  }

  private static float range(List<FeatureMaps> row) {
    float largest = 0;
    for (FeatureMaps maps : row) {
      largest = Math.max(largest, SignedTone.range(maps));
    }
    return largest;
  }

  private static void check(List<List<FeatureMaps>> rows) {
    Checks.atLeast("reconstruction sheet: rows", 1, rows.size());
    Checks.atLeast("reconstruction sheet: pictures in row 0", 1, rows.get(0).size());
    for (int i = 0; i < rows.size(); i++) {
      List<FeatureMaps> row = rows.get(i);
      Checks.equal("reconstruction sheet: pictures in row " + i, rows.get(0).size(), row.size());
      for (int j = 0; j < row.size(); j++) {
        SignedTone.check("reconstruction sheet: row %d, picture %d".formatted(i, j), row.get(j));
      }
    }
  }
}
