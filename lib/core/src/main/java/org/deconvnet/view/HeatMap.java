package org.deconvnet.view;

import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;
import org.deconvnet.network.cnn.OcclusionGrid;
import org.deconvnet.network.cnn.OcclusionMaps;

/**
 * What happens when a square covers a part of an image, as pictures of the image's size: each pixel
 * shows the place at which the square's middle is nearest to it.
 */
public final class HeatMap {
  private static final int TONES = 256;

  private HeatMap() {}

  /** The watched class's probability: black 0, through red and yellow, white 1. */
  public static BufferedImage probability(OcclusionMaps maps) {
    return draw(maps.grid(), place -> heat(maps.probabilities()[place]));
  }

  /**
   * The watched map's activity: black 0 or less, through red and yellow, white the largest of this
   * image.
   */
  public static BufferedImage activity(OcclusionMaps maps) {
    double most = maps.mostActivity();
    return draw(maps.grid(), place -> most > 0 ? heat(maps.activities()[place] / most) : 0);
  }

  /** The most probable class at each place. */
  public static BufferedImage classes(OcclusionMaps maps, ClassColours colours) {
    return draw(maps.grid(), place -> colours.rgb(maps.classes()[place]));
  }

  private static BufferedImage draw(OcclusionGrid grid, IntUnaryOperator rgbOfPlace) {
    BufferedImage picture =
        new BufferedImage(grid.width(), grid.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < grid.height(); y++) {
      for (int x = 0; x < grid.width(); x++) {
        picture.setRGB(x, y, rgbOfPlace.applyAsInt(grid.place(y, x)));
      }
    }
    return picture;
  }

  /** Red, green and blue rise one after the other, so that lightness rises throughout. */
  private static int heat(double share) {
    int third = TONES - 1;
    int heat = (int) Math.round(3 * third * Math.max(0, Math.min(1, share)));
    int red = Math.min(third, heat);
    int green = Math.max(0, Math.min(third, heat - third));
    int blue = Math.max(0, heat - 2 * third);
    return red << 16 | green << 8 | blue;
  }
}
