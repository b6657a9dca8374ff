package org.deconvnet.pyramid;

import org.deconvnet.tensor.Checks;

/**
 * What a {@link Coding} says of every descriptor of an image: {@code perDescriptor} pairs of a word
 * and its weight. Axis order of both arrays is (descriptor, pair), pair fastest. Arrays are shared,
 * not copied. Thread-safe as long as nobody writes to them.
 */
public final class WordWeights {
  private final int perDescriptor;
  private final int[] words;
  private final float[] weights;

  /**
   * @throws IllegalArgumentException if the arrays differ in length or do not hold whole
   *     descriptors
   */
  public WordWeights(int perDescriptor, int[] words, float[] weights) {
    Checks.atLeast("word weights: pairs a descriptor", 1, perDescriptor);
    Checks.equal("word weights: weights", words.length, weights.length);
    Checks.equal("word weights: pairs over", 0, words.length % perDescriptor);
    this.perDescriptor = perDescriptor;
    this.words = words;
    this.weights = weights;
  }

  public int perDescriptor() {
    return perDescriptor;
  }

  /** How many descriptors were coded. */
  public int count() {
    return words.length / perDescriptor;
  }

  public int word(int descriptor, int pair) {
    return words[descriptor * perDescriptor + pair];
  }

  public float weight(int descriptor, int pair) {
    return weights[descriptor * perDescriptor + pair];
  }

  /**
   * @throws IllegalArgumentException naming a word that is not below {@code words}
   */
  void requireWords(int words) {
    for (int word : this.words) {
      if (word < 0 || word >= words) {
        throw new IllegalArgumentException(
            "pyramid: expected words 0 to %d, got %d".formatted(words - 1, word));
      }
    }
  }
}
