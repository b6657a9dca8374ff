package org.deconvnet.jobs.yaml;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records that an interface may be, told apart by one key, as Jackson's annotations on the
 * interface say it.
 *
 * @param key whose value names the kind
 */
record Kinds(String key, Map<String, Class<?>> byName) {
  static boolean are(Class<?> type) {
    return type.isAnnotationPresent(JsonSubTypes.class);
  }

  static Kinds of(Class<?> type) {
    Map<String, Class<?>> byName = new LinkedHashMap<>();
    for (JsonSubTypes.Type kind : type.getAnnotation(JsonSubTypes.class).value()) {
      byName.put(kind.name(), kind.value());
    }
    return new Kinds(type.getAnnotation(JsonTypeInfo.class).property(), byName);
  }

  Class<?> named(Keys keys) {
    List<String> names = List.copyOf(byName.keySet());
    Spot spot = keys.get(key);
    if (spot == null) {
      throw keys.missing(key, String.join(" or ", names));
    }
    String name = Got.isNothing(spot.node()) ? "" : Scalars.text(spot);
    if (!byName.containsKey(name)) {
      throw Scalars.noChoice(names, name, spot);
    }
    return byName.get(name);
  }
}
