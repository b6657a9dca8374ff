package org.deconvnet.spark.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of a section's keys.
 *
 * @param all by key: what the file gives, and the defaults of all other keys
 * @param given keys that the file has
 */
record Values(Map<String, Object> all, Set<String> given) {
  boolean isGiven(String key) {
    return given.contains(key);
  }

  <T> T as(String key, Class<T> type) {
    return type.cast(all.get(key));
  }

  int whole(String key) {
    return (Integer) all.get(key);
  }

  double number(String key) {
    return (Double) all.get(key);
  }

  String text(String key) {
    return (String) all.get(key);
  }

  <T> List<T> list(String key, Class<T> item) {
    return ((List<?>) all.get(key)).stream().map(item::cast).toList();
  }
}
