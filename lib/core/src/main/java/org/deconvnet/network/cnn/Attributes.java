package org.deconvnet.network.cnn;

import java.util.Arrays;
import java.util.Map;

/**
 * Settings of an operator, as ONNX names them. Immutable; arrays are not to be changed.
 *
 * @param integers whole numbers; a single one is an array of one
 * @param numbers as above
 * @param texts words
 */
public record Attributes(
    Map<String, int[]> integers, Map<String, float[]> numbers, Map<String, String> texts) {
  public static final Attributes NONE = new Attributes(Map.of(), Map.of(), Map.of());

  public Attributes {
    integers = Map.copyOf(integers);
    numbers = Map.copyOf(numbers);
    texts = Map.copyOf(texts);
  }

  public int integer(String name, int otherwise) {
    return integers.containsKey(name) ? integers.get(name)[0] : otherwise;
  }

  public float number(String name, float otherwise) {
    return numbers.containsKey(name) ? numbers.get(name)[0] : otherwise;
  }

  public String text(String name, String otherwise) {
    return texts.getOrDefault(name, otherwise);
  }

  /**
   * @param count of numbers there
   * @param otherwise each of them, where the operator has no such attribute
   */
  public int[] integers(String name, int count, int otherwise) {
    int[] given = integers.get(name);
    if (given == null) {
      int[] all = new int[count];
      Arrays.fill(all, otherwise);
      return all;
    }
    if (given.length != count) {
      throw new NoRuleException(
          "%s: expected %d numbers, as for maps of rows and columns, got %d"
              .formatted(name, count, given.length));
    }
    return given;
  }
}
