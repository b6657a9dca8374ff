package org.deconvnet.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/** Filters as they are stored, which needs no image. */
public final class FilterTiles {
  private static final int IN_A_ROW = 10;
  private static final int LARGE = 5;
  private static final int SMALL = 2;

  private FilterTiles() {}

  /**
   * A picture of a layer's filters. With one channel or three: a tile a map, grey or in colour, ten
   * in a row. With others: a row a map, a tile a channel. Each tile has its own scale.
   */
  public static BufferedImage draw(FilterBank filters) {
    int channels = filters.channels();
    return drawable(channels)
        ? FilterMosaic.draw(tiles(filters, channels), IN_A_ROW, LARGE)
        : FilterMosaic.draw(tiles(filters, 1), channels, SMALL);
  }

  /** What the picture is, for readers. */
  public static String caption(FilterBank filters) {
    return drawable(filters.channels()) ? "a tile a map" : "a row a map, a tile a channel";
  }

  private static boolean drawable(int channels) {
    return channels == 1 || channels == 3;
  }

  /** The planes in their order, so many a tile. */
  private static List<FeatureMaps> tiles(FilterBank filters, int planes) {
    int side = filters.side();
    int size = planes * side * side;
    List<FeatureMaps> tiles = new ArrayList<>();
    for (int from = 0; from < filters.data().length; from += size) {
      tiles.add(
          FeatureMaps.of(
              new Shape(planes, side, side),
              Arrays.copyOfRange(filters.data(), from, from + size)));
    }
    return tiles;
  }
}
