package org.deconvnet.describe;

import java.util.Arrays;
import org.deconvnet.tensor.Checks;

/**
 * Descriptors of single activations of one image, each activation described alone. The descriptors
 * of all activations stand one after the other in one array, (descriptor, dimension), dimension
 * fastest, so that one matrix product compares them with a vocabulary; those of one activation
 * follow each other. An activation that no patch sees has none.
 *
 * <p>Arrays are shared, not copied. Thread-safe as long as nobody writes to them.
 */
public final class ActivationDescriptors implements Descriptors {
  private final int imageHeight;
  private final int imageWidth;
  private final int patch;
  private final int[] starts;
  private final int[] rows;
  private final int[] columns;
  private final int dimension;
  private final float[] values;
  private final double[] shares;

  /**
   * Wraps the arrays without copying them.
   *
   * @param patch rows and columns of a patch in pixels
   * @param starts where each activation's descriptors begin, and their number at the end
   * @param rows first pixel row of each descriptor's patch
   * @param columns first pixel column of each descriptor's patch
   * @param values one descriptor after the other
   * @throws IllegalArgumentException if the numbers of entries disagree
   */
  public ActivationDescriptors(
      int imageHeight,
      int imageWidth,
      int patch,
      int[] starts,
      int[] rows,
      int[] columns,
      int dimension,
      float[] values) {
    Checks.equal("activation descriptors: ends", rows.length, starts[starts.length - 1]);
    Checks.equal("activation descriptors: columns", rows.length, columns.length);
    Checks.equal("activation descriptors: numbers", rows.length * dimension, values.length);
    this.imageHeight = imageHeight;
    this.imageWidth = imageWidth;
    this.patch = patch;
    this.starts = starts;
    this.rows = rows;
    this.columns = columns;
    this.dimension = dimension;
    this.values = values;
    this.shares = shares(starts);
  }

  /** 1 / (described activations · the activation's descriptors). */
  private static double[] shares(int[] starts) {
    int described = 0;
    for (int a = 0; a + 1 < starts.length; a++) {
      described += starts[a + 1] > starts[a] ? 1 : 0;
    }
    double[] shares = new double[starts[starts.length - 1]];
    for (int a = 0; a + 1 < starts.length; a++) {
      double share = 1.0 / described / (starts[a + 1] - starts[a]);
      Arrays.fill(shares, starts[a], starts[a + 1], share);
    }
    return shares;
  }

  @Override
  public int imageHeight() {
    return imageHeight;
  }

  @Override
  public int imageWidth() {
    return imageWidth;
  }

  /** Rows and columns of one patch in pixels. */
  @Override
  public int patch() {
    return patch;
  }

  /** How many activations were described, those without descriptors included. */
  public int activations() {
    return starts.length - 1;
  }

  /** The first descriptor of an activation; that of {@link #activations} is {@link #count}. */
  public int start(int activation) {
    return starts[activation];
  }

  /** How many descriptors there are. */
  @Override
  public int count() {
    return rows.length;
  }

  /** First pixel row of a descriptor's patch. */
  @Override
  public int row(int descriptor) {
    return rows[descriptor];
  }

  /** First pixel column of a descriptor's patch. */
  @Override
  public int column(int descriptor) {
    return columns[descriptor];
  }

  @Override
  public int dimension() {
    return dimension;
  }

  /** The numbers themselves, (descriptor, dimension), shared with the caller. */
  @Override
  public float[] values() {
    return values;
  }

  /**
   * Activations count alike, and so do the descriptors of one: the image's pyramid is the mean of
   * the pyramids of its activations (Zeiler et al., ICCV 2011, section 4). One without descriptors
   * has no pyramid and does not count.
   */
  @Override
  public double share(int descriptor) {
    return shares[descriptor];
  }
}
