package org.deconvnet.page;

import java.awt.image.BufferedImage;
import java.util.List;
import org.deconvnet.tensor.Checks;

/**
 * How often each class was taken for which: rows are the truth, columns the prediction.
 *
 * <p>The shade of a cell is the square root of its share of its row: 0 is blank, a whole row in one
 * cell is full blue. The root makes rare confusions visible. A row without counts is blank.
 */
public final class ConfusionMatrixChart {
  /** Beyond this many classes a cell would be smaller than a pointer: use {@link #toPicture}. */
  public static final int MAX_SVG_CLASSES = 300;

  private static final int[] BLUE = {0x00, 0x72, 0xB2};

  private final int[][] counts;
  private final List<String> labels;

  /**
   * Checks and copies what it is given.
   *
   * @param counts {@code [truth][predicted]}, square, none negative
   * @param labels one name per class
   * @throws IllegalArgumentException if there is no class, or sizes or counts are wrong
   */
  public ConfusionMatrixChart(int[][] counts, List<String> labels) {
    Checks.atLeast("confusion matrix: classes", 1, counts.length);
    Checks.equal("confusion matrix: labels", counts.length, labels.size());
    this.labels = List.copyOf(labels);
    this.counts = new int[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      Checks.equal("confusion matrix: columns of row " + i, counts.length, counts[i].length);
      for (int j = 0; j < counts.length; j++) {
        Checks.atLeast(
            "confusion matrix: count at row %d, column %d".formatted(i, j), 0, counts[i][j]);
      }
      this.counts[i] = counts[i].clone();
    }
  }

  public int classes() {
    return counts.length;
  }

  /**
   * One {@code <svg>} element; every cell that holds a count has a tooltip. Counts are written for
   * at most 25 classes, names for at most 60.
   *
   * @throws IllegalArgumentException for more than {@link #MAX_SVG_CLASSES} classes
   */
  public String toSvg() {
    if (classes() > MAX_SVG_CLASSES) {
      throw new IllegalArgumentException(
          "confusion matrix as SVG: expected at most %d classes, got %d; use the picture"
              .formatted(MAX_SVG_CLASSES, classes()));
    }
    return new ConfusionMatrixSvg(this).draw();
  }

  /**
   * The cells alone, {@code cell x cell} pixels each, without gaps, names or numbers.
   *
   * @throws IllegalArgumentException if {@code cell} is below 1
   */
  public BufferedImage toPicture(int cell) {
    Checks.atLeast("confusion matrix: cell size", 1, cell);
    int side = classes() * cell;
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        picture.setRGB(x, y, onWhite(shade(y / cell, x / cell)));
      }
    }
    return picture;
  }

  String label(int index) {
    return labels.get(index);
  }

  int count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  String percent(int truth, int predicted) {
    return Markup.fill("%.1f %%", 100 * share(truth, predicted));
  }

  double shade(int truth, int predicted) {
    return Math.sqrt(share(truth, predicted));
  }

  private double share(int truth, int predicted) {
    long sum = 0;
    for (int count : counts[truth]) {
      sum += count;
    }
    return sum == 0 ? 0 : (double) counts[truth][predicted] / sum;
  }

  private static int onWhite(double shade) {
    int rgb = 0;
    for (int part : BLUE) {
      rgb = rgb << 8 | (int) Math.round(255 + shade * (part - 255));
    }
    return rgb;
  }
}
