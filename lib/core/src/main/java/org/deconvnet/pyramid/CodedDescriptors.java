package org.deconvnet.pyramid;

/**
 * Words and weights of descriptors: those of descriptor d are the {@code neighbours} entries from
 * {@code d · neighbours}. Arrays are shared.
 */
public final class CodedDescriptors {
  private final int neighbours;
  private final int[] words;
  private final float[] weights;

  public CodedDescriptors(int neighbours, int[] words, float[] weights) {
    this.neighbours = neighbours;
    this.words = words;
    this.weights = weights;
  }

  public int neighbours() {
    return neighbours;
  }

  public int[] words() {
    return words;
  }

  public float[] weights() {
    return weights;
  }
}
