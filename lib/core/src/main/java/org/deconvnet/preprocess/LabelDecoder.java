package org.deconvnet.preprocess;

import java.awt.image.Raster;
import java.io.Serializable;
import java.util.Set;
import org.deconvnet.label.LabelMap;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * Reads labels of pixels from PNG files: a pixel's class is its grey value, or its number in the
 * palette, whatever that number's colour. 255 is void. What is void is so before it is a class.
 * Immutable and thread-safe.
 *
 * @param classes numbers from here up are no classes; 0: all that are not void are
 * @param voidValues numbers from 0 to 255 that mean no class, beside 255; a class among them has no
 *     pixel
 */
public record LabelDecoder(int classes, Set<Integer> voidValues) implements Serializable {
  /**
   * @throws UserErrorException if there is one class alone, or a void value is no byte
   */
  public LabelDecoder {
    voidValues = Set.copyOf(voidValues);
    if (classes != 0) {
      Checks.between(
          "labels: classes (0: as many as there are)", 2, LabelMap.MOST_CLASSES, classes);
    }
    for (int value : voidValues) {
      Checks.between("labels: void values", 0, LabelMap.VOID, value);
    }
  }

  /**
   * @throws ImageDecodeException if the file is no whole PNG image of one number a pixel
   * @throws UserErrorException naming the first number that is no class, and its place
   */
  public LabelMap decode(byte[] content, DecodeLimits limits) {
    Raster samples = ImageDecoder.samples(content, limits);
    if (samples.getNumBands() != 1) {
      throw DecodeRefusal.noLabels("%d of them".formatted(samples.getNumBands()));
    }
    int height = samples.getHeight();
    int width = samples.getWidth();
    byte[] labels = new byte[height * width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        labels[row * width + column] = label(samples.getSample(column, row, 0), row, column);
      }
    }
    return new LabelMap(height, width, labels);
  }

  private byte label(int value, int row, int column) {
    if (value == LabelMap.VOID || voidValues.contains(value)) {
      return (byte) LabelMap.VOID;
    }
    int most = classes == 0 ? LabelMap.MOST_CLASSES : classes;
    if (value >= most) {
      throw new UserErrorException(
          "labels: expected a class from 0 to %d, or %s for none, got %d in row %d, column %d"
              .formatted(most - 1, voids(), value, row, column));
    }
    return (byte) value;
  }

  private String voids() {
    return voidValues.isEmpty() || voidValues.equals(Set.of(LabelMap.VOID))
        ? "255"
        : "255 or " + voidValues.stream().filter(v -> v != LabelMap.VOID).sorted().toList();
  }
}
