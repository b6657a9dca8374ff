package org.deconvnet.view;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.deconvnet.label.LabelMap;
import org.deconvnet.tensor.Checks;

/**
 * Labels of pixels as pictures: as numbers, to be read as labels again; in colours, those of PASCAL
 * VOC; and where they are wrong.
 */
public final class LabelPicture {
  private static final int VOID = 0xFFFFFF;
  private static final int RIGHT = 0x303030;
  private static final int WRONG = 0xE03030;
  private static final int SWATCH = 24;
  private static final int BITS = 8;

  private LabelPicture() {}

  /** Grey, a pixel's value being its class, and 255 where it has none. */
  public static BufferedImage numbers(LabelMap labels) {
    BufferedImage picture =
        new BufferedImage(labels.width(), labels.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < labels.height(); row++) {
      for (int column = 0; column < labels.width(); column++) {
        // Through the raster: setRGB would take the numbers for linear light.
        picture.getRaster().setSample(column, row, 0, labels.at(row, column));
      }
    }
    return picture;
  }

  /** Each class in its colour, white where there is none. */
  public static BufferedImage colours(LabelMap labels) {
    return draw(labels, pixel -> rgb(labels.at(pixel)));
  }

  /** Red where a label is wrong, dark where it is right, white where there is none. */
  public static BufferedImage errors(LabelMap truth, LabelMap given) {
    Checks.equal("labels: rows", truth.height(), given.height());
    Checks.equal("labels: columns", truth.width(), given.width());
    return draw(
        truth,
        pixel -> {
          int label = truth.at(pixel);
          return label == LabelMap.VOID ? VOID : label == given.at(pixel) ? RIGHT : WRONG;
        });
  }

  /** What colour a pixel has. */
  private interface Colour {
    int of(int pixel);
  }

  private static BufferedImage draw(LabelMap labels, Colour colour) {
    BufferedImage picture =
        new BufferedImage(labels.width(), labels.height(), BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < labels.values().length; pixel++) {
      picture.setRGB(pixel % labels.width(), pixel / labels.width(), colour.of(pixel));
    }
    return picture;
  }

  /**
   * A class's colour, {@code 0xRRGGBB}: bits 0, 3 and 6 of its number are the highest bits of red,
   * the next ones those of green and of blue, as PASCAL VOC has it; counted from 1, so that none is
   * black.
   */
  public static int rgb(int label) {
    if (label == LabelMap.VOID) {
      return VOID;
    }
    int red = 0;
    int green = 0;
    int blue = 0;
    int rest = label + 1;
    for (int bit = BITS - 1; rest > 0; bit--) {
      red |= (rest & 1) << bit;
      green |= (rest >> 1 & 1) << bit;
      blue |= (rest >> 2 & 1) << bit;
      rest >>= 3;
    }
    return (red << (2 * BITS)) | (green << BITS) | blue;
  }

  /** A small square of a class's colour, for a legend. */
  public static BufferedImage swatch(int label) {
    return colours(new LabelMap(SWATCH, SWATCH, filled(label)));
  }

  private static byte[] filled(int label) {
    byte[] labels = new byte[SWATCH * SWATCH];
    Arrays.fill(labels, (byte) label);
    return labels;
  }
}
