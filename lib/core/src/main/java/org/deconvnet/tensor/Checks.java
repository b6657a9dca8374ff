package org.deconvnet.tensor;

/** Shape and range checks for public edges. A message says what, what was expected, what came. */
public final class Checks {
  private Checks() {}

  public static void sameShape(String what, Shape expected, Shape got) {
    if (!expected.equals(got)) {
      throw new IllegalArgumentException(
          "%s: expected shape %s, got %s".formatted(what, expected, got));
    }
  }

  public static void equal(String what, int expected, int got) {
    if (expected != got) {
      throw new IllegalArgumentException("%s: expected %d, got %d".formatted(what, expected, got));
    }
  }

  public static void positive(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new UserErrorException("%s: expected a positive number, got %s".formatted(what, value));
    }
  }

  public static void atLeast(String what, int minimum, int value) {
    if (value < minimum) {
      throw new UserErrorException(
          "%s: expected at least %d, got %d".formatted(what, minimum, value));
    }
  }

  public static void between(String what, int least, int most, int value) {
    if (value < least || value > most) {
      throw new UserErrorException(
          "%s: expected from %d to %d, got %d".formatted(what, least, most, value));
    }
  }

  /** Throws if any number is NaN or infinite, naming the first one's place. */
  public static void finite(String what, FeatureMaps maps) {
    float[] data = maps.data();
    for (int i = 0; i < data.length; i++) {
      if (!Float.isFinite(data[i])) {
        int plane = maps.shape().plane();
        throw new IllegalArgumentException(
            "%s: expected finite numbers, got %s at map %d, row %d, column %d"
                .formatted(what, data[i], i / plane, i % plane / maps.width(), i % maps.width()));
      }
    }
  }
}
