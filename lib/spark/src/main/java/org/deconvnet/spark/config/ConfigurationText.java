package org.deconvnet.spark.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Options as the YAML file that gives them, every key with its value. The same options give the
 * same text.
 */
public final class ConfigurationText {
  private static final ObjectMapper QUOTED =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** What YAML reads as text wherever it stands. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");

  private static final Pattern NOTHING = Pattern.compile("(?i)null");

  private ConfigurationText() {}

  /**
   * @param options of a whole file
   */
  public static String of(Record options) {
    StringBuilder text = new StringBuilder();
    tree(options).forEach((key, value) -> section(text, key, value));
    return text.toString();
  }

  /** As {@link #of}, without the section that says how a network is learned. */
  public static String withoutNetwork(ExperimentOptions options) {
    StringBuilder text = new StringBuilder();
    tree(options)
        .forEach(
            (key, value) -> {
              if (!key.equals("network")) {
                section(text, key, value);
              }
            });
    return text.toString();
  }

  /** A key's value on one line, as a file has it. */
  public static String value(Object value) {
    return inline(Sections.OF_EXPERIMENTS.tree(value));
  }

  @SuppressWarnings("unchecked") // Options are a tree of keys.
  private static Map<String, Object> tree(Record options) {
    return (Map<String, Object>) Sections.OF_EXPERIMENTS.tree(options);
  }

  private static void section(StringBuilder text, String name, Object value) {
    if (!(value instanceof Map<?, ?> keys)) {
      text.append("%s: %s\n".formatted(name, inline(value)));
      return;
    }
    text.append(name).append(":\n");
    keys.forEach((key, one) -> text.append("  ").append(key).append(':').append(lines(one)));
  }

  /** Keys and values in a list have a line each. */
  private static String lines(Object value) {
    return value instanceof List<?> items && !items.isEmpty() && items.get(0) instanceof Map
        ? items.stream()
            .map(i -> "    - " + inline(i) + "\n")
            .collect(Collectors.joining("", "\n", ""))
        : " " + inline(value) + "\n";
  }

  private static String inline(Object value) {
    if (value instanceof Map<?, ?> keys) {
      return keys.entrySet().stream()
          .map(e -> inline(e.getKey()) + ": " + inline(e.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Set<?> names) {
      return inline(names.stream().sorted().toList());
    }
    if (value instanceof List<?> items) {
      return items.stream()
          .map(ConfigurationText::inline)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return scalar(value);
  }

  private static String scalar(Object value) {
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    }
    return value instanceof String text ? text(text) : String.valueOf(value);
  }

  /** Reads as the same number; without exponent where that is no longer. */
  private static String number(double number) {
    String shortest = Double.toString(number);
    String plain = new BigDecimal(shortest).stripTrailingZeros().toPlainString();
    return plain.length() <= shortest.length() ? plain : shortest;
  }

  private static String text(String text) {
    if (PLAIN.matcher(text).matches() && !NOTHING.matcher(text).matches()) {
      return text;
    }
    try {
      // JSON's quotes are YAML's, but for one character that is no text in a file.
      return QUOTED.writeValueAsString(text).replace("\u007F", "\\u007F");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text is plain data", e);
    }
  }
}
