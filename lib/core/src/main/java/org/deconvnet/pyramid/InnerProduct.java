package org.deconvnet.pyramid;

/** Inner products of vectors that lie in longer arrays. */
final class InnerProduct {
  private InnerProduct() {}

  /** Four partial sums in a fixed order: one chain of additions would wait for itself. */
  static double of(float[] a, int fromA, float[] b, int fromB, int count) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int d = 0;
    for (; d + 3 < count; d += 4) {
      s0 += a[fromA + d] * b[fromB + d];
      s1 += a[fromA + d + 1] * b[fromB + d + 1];
      s2 += a[fromA + d + 2] * b[fromB + d + 2];
      s3 += a[fromA + d + 3] * b[fromB + d + 3];
    }
    for (; d < count; d++) {
      s0 += a[fromA + d] * b[fromB + d];
    }
    return (double) s0 + s1 + s2 + s3;
  }
}
