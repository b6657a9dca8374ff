package org.deconvnet.spark.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The options that an interface may be, told apart by one key, as Jackson's annotations on the
 * interface say it.
 *
 * @param key whose value names the kind
 * @param byName in the order of the annotation: the first is the default
 */
public record Kinds(String key, Map<String, Class<?>> byName) {
  public static boolean are(Class<?> type) {
    return type.isAnnotationPresent(JsonSubTypes.class);
  }

  public static Kinds of(Class<?> type) {
    Map<String, Class<?>> byName = new LinkedHashMap<>();
    for (JsonSubTypes.Type kind : type.getAnnotation(JsonSubTypes.class).value()) {
      byName.put(kind.name(), kind.value());
    }
    return new Kinds(type.getAnnotation(JsonTypeInfo.class).property(), byName);
  }

  /** The kinds that these options are one of. */
  static Optional<Kinds> among(Class<?> options) {
    if (are(options)) {
      return Optional.of(of(options));
    }
    return Arrays.stream(options.getInterfaces()).flatMap(type -> among(type).stream()).findFirst();
  }

  /** The name of one of these kinds. */
  String name(Class<?> options) {
    return byName.entrySet().stream()
        .filter(kind -> kind.getValue() == options)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  public Class<?> first() {
    return byName.values().iterator().next();
  }
}
