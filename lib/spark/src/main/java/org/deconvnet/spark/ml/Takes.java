package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which values a Param takes. Null is never one of them.
 *
 * @param words the same for a reader: they end its doc, and follow "expected" in messages
 * @param test true for a value that is taken
 */
record Takes<T>(String words, Test<T> test) implements Serializable {
  /** Travels with its stage. */
  interface Test<T> extends Predicate<T>, Serializable {}

  static Takes<Integer> atLeast(int least) {
    return new Takes<>("at least " + least, value -> value >= least);
  }

  static Takes<Integer> between(int least, int most) {
    return new Takes<>(
        "from %d to %d".formatted(least, most), value -> value >= least && value <= most);
  }

  static Takes<Double> between(double least, double most) {
    return new Takes<>(
        "from %.0f to %.0f".formatted(least, most), value -> value >= least && value <= most);
  }

  /** Of which something is always left. */
  static Takes<Double> share() {
    return new Takes<>("from 0 to below 1", value -> value >= 0 && value < 1);
  }

  static Takes<Double> positive() {
    return new Takes<>("a positive number", value -> value > 0 && Double.isFinite(value));
  }

  static Takes<Double> notNegative() {
    return new Takes<>("0 or a positive number", value -> value >= 0 && Double.isFinite(value));
  }

  static Takes<String> oneOf(List<String> names) {
    return new Takes<>("one of " + String.join(", ", names), names::contains);
  }

  static Takes<String> className() {
    return new Takes<>("a class's name", value -> true);
  }

  /** The name of a column that must be there, or is to be added. */
  static Takes<String> column() {
    return new Takes<>("a column's name", value -> !value.isEmpty());
  }

  /** The name of a column that may be left out. */
  static Takes<String> columnOrNone() {
    return new Takes<>("a column's name, or empty for none", value -> true);
  }

  static Takes<int[]> ints(Takes<Integer> each) {
    return new Takes<>(
        words(each),
        values -> values.length > 0 && Arrays.stream(values).boxed().allMatch(each.test));
  }

  static Takes<double[]> doubles(Takes<Double> each) {
    return new Takes<>(
        words(each),
        values -> values.length > 0 && Arrays.stream(values).boxed().allMatch(each.test));
  }

  static Takes<int[]> anyInts(Takes<Integer> each) {
    return new Takes<>(anyWords(each), values -> Arrays.stream(values).boxed().allMatch(each.test));
  }

  static Takes<String[]> anyStrings(Takes<String> each) {
    return new Takes<>(
        anyWords(each),
        values -> Arrays.stream(values).allMatch(v -> v != null && each.test.test(v)));
  }

  static Takes<String[]> strings(Takes<String> each) {
    return new Takes<>(
        words(each),
        values ->
            values.length > 0
                && Arrays.stream(values).allMatch(v -> v != null && each.test.test(v)));
  }

  private static String anyWords(Takes<?> each) {
    return "none or more, each " + each.words;
  }

  private static String words(Takes<?> each) {
    return "one or more, each " + each.words;
  }
}
