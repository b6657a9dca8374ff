package org.deconvnet.view;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A colour for each of a few classes, told apart by colour-blind eyes too (Okabe and Ito, Color
 * universal design, 2008). What comes after the first seven is grey. Immutable.
 *
 * @param classes numbers of classes, the most important first
 */
public record ClassColours(List<Integer> classes) {
  private static final List<Integer> COLOURS =
      List.of(0x56B4E9, 0xE69F00, 0x009E73, 0xD55E00, 0xF0E442, 0x0072B2, 0xCC79A7);
  private static final int OTHER = 0x808080;
  private static final int SWATCH = 24;

  public ClassColours {
    classes = List.copyOf(classes);
  }

  /** Classes that have a colour of their own. */
  public List<Integer> named() {
    return classes.subList(0, Math.min(COLOURS.size(), classes.size()));
  }

  /** {@code 0xRRGGBB}. */
  public int rgb(int number) {
    int place = named().indexOf(number);
    return place < 0 ? OTHER : COLOURS.get(place);
  }

  /** A small square of a class's colour, for a legend. */
  public BufferedImage swatch(int number) {
    BufferedImage swatch = new BufferedImage(SWATCH, SWATCH, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SWATCH * SWATCH; i++) {
      swatch.setRGB(i % SWATCH, i / SWATCH, rgb(number));
    }
    return swatch;
  }
}
