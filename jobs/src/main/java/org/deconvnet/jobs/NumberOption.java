package org.deconvnet.jobs;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** An option that takes a number: which ones, and how a message says so. */
record NumberOption(OptionSpec option, Class<?> type) {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final Set<Class<?>> REAL = Set.of(double.class, Double.class);

  /** Null for an option that takes no number. */
  static NumberOption of(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[0];
    return argument instanceof OptionSpec option && (WHOLE.contains(type) || REAL.contains(type))
        ? new NumberOption(option, type)
        : null;
  }

  /**
   * Refuses the first number that is out of its option's range.
   *
   * @throws ParameterException naming the option, the range and the number
   */
  static void checkAll(CommandLine command, ParseResult parsed) {
    for (OptionSpec option : parsed.matchedOptions()) {
      NumberOption number = of(option);
      if (number != null) {
        number.check(command);
      }
    }
  }

  private void check(CommandLine command) {
    Object value = option.getValue();
    List<?> values = value instanceof List<?> many ? many : List.of(value);
    for (int i = 0; i < values.size(); i++) {
      if (!holds(((Number) values.get(i)).doubleValue())) {
        throw new ParameterException(command, refusal(option.stringValues().get(i)));
      }
    }
  }

  private boolean holds(double value) {
    Within within = within();
    return Double.isFinite(value)
        && (within == null
            || value >= within.least()
                && value > within.above()
                && value < within.below()
                && value <= within.most());
  }

  /** Null where every number of the type will do. */
  Within within() {
    return ((Field) option.userObject()).getAnnotation(Within.class);
  }

  String refusal(String got) {
    return "%s: expected %s, got %s".formatted(option.longestName(), expected(), got);
  }

  private String expected() {
    return WHOLE.contains(type) ? "a whole number" + wholeLimits() : "a number" + realLimits();
  }

  /** A number that does not fit into the type is out of range, too. */
  private String wholeLimits() {
    boolean large = type == long.class || type == Long.class;
    Within within = within();
    if (within == null) {
      return large ? " of at most 64 bits" : "";
    }
    double most = Math.min(within.most(), large ? Long.MAX_VALUE : Integer.MAX_VALUE);
    return " from %.0f to %.0f".formatted(within.least(), most);
  }

  private String realLimits() {
    Within within = within();
    return within == null
        ? ""
        : " above %.0f".formatted(within.above())
            + limit(" and below %.0f", within.below())
            + limit(" and at most %.0f", within.most());
  }

  private static String limit(String text, double limit) {
    return Double.isInfinite(limit) ? "" : text.formatted(limit);
  }
}
