package org.deconvnet.jobs.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.deconvnet.jobs.words.NearestName;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Single values. Numbers are written as people write them, in decimal and without quotes: YAML's
 * octal, hexadecimal and base-60 forms are refused, because {@code 010} and {@code 1:30} are seldom
 * meant so. Digits may be parted by underscores, {@code 50_000_000}.
 */
final class Scalars {
  private static final String DIGITS = "(0|[1-9]\\d*(_\\d+)*)";
  private static final Pattern WHOLE = Pattern.compile("[-+]?" + DIGITS);
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(" + DIGITS + "(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

  private Scalars() {}

  /** The text of a value without quotes; null if it is something else. */
  private static String plain(Spot spot) {
    return spot.node() instanceof ScalarNode scalar && Got.isPlain(scalar)
        ? scalar.getValue()
        : null;
  }

  static long whole(Spot spot, long least, long most) {
    String text = plain(spot);
    if (text == null || !WHOLE.matcher(text).matches()) {
      throw spot.expected("a whole number" + digits(text));
    }
    BigInteger value = new BigInteger(text.replace("_", ""));
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw spot.expected("a whole number from %d to %d".formatted(least, most));
    }
    return value.longValueExact();
  }

  /** For a whole number in another notation, how to write it; it may be meant. */
  private static String digits(String text) {
    if (text == null || !NUMBER.matcher(text).matches() || text.length() > 20) {
      return "";
    }
    BigDecimal value = new BigDecimal(text.replace("_", "")).stripTrailingZeros();
    return value.scale() <= 0 && value.precision() - value.scale() < 20
        ? " in digits alone (%s)".formatted(value.toPlainString())
        : "";
  }

  static double number(Spot spot) {
    String text = plain(spot);
    if (text == null || !NUMBER.matcher(text).matches()) {
      throw spot.expected("a number");
    }
    double value = Double.parseDouble(text.replace("_", ""));
    if (Double.isInfinite(value)) {
      throw spot.expected("a number of at most %.1e".formatted(Double.MAX_VALUE));
    }
    return value;
  }

  static boolean truth(Spot spot) {
    String text = String.valueOf(plain(spot)).toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false")) {
      throw spot.expected("true or false");
    }
    return text.equals("true");
  }

  /** Any single value, as it is written: a class may be called 101 or no. */
  static String text(Spot spot) {
    if (spot.node() instanceof ScalarNode scalar && !Got.isNothing(scalar)) {
      return scalar.getValue();
    }
    throw spot.expected("text");
  }

  /** One of an enum's names, in quotes or not. */
  static Object choice(Class<?> type, Spot spot) {
    List<?> all = Arrays.asList(type.getEnumConstants());
    String text = spot.node() instanceof ScalarNode scalar ? scalar.getValue() : null;
    return all.stream()
        .filter(one -> ((Enum<?>) one).name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> noChoice(choices(type), text, spot));
  }

  /** The names of an enum as files write them. */
  static List<String> choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(one -> ((Enum<?>) one).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  static YamlMistakeException noChoice(List<String> choices, String text, Spot spot) {
    String nearest =
        text == null || Got.isNothing(spot.node()) ? "" : NearestName.asked(text, choices);
    return spot.mistake(
        "expected %s, got %s%s"
            .formatted(String.join(" or ", choices), Got.say(spot.node()), nearest));
  }
}
