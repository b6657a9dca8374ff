package org.deconvnet.pyramid;

import org.deconvnet.describe.Descriptors;

/** Hand-made descriptors of one number each, all 0, that count as they are told to. */
record ListedDescriptors(
    int imageHeight,
    int imageWidth,
    int patch,
    int[] rows,
    int[] columns,
    double[] shares,
    double[] weights)
    implements Descriptors {
  @Override
  public int count() {
    return rows.length;
  }

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public float[] values() {
    return new float[count()];
  }

  @Override
  public int row(int descriptor) {
    return rows[descriptor];
  }

  @Override
  public int column(int descriptor) {
    return columns[descriptor];
  }

  @Override
  public double share(int descriptor) {
    return shares[descriptor];
  }

  @Override
  public double weight(int descriptor) {
    return weights[descriptor];
  }
}
