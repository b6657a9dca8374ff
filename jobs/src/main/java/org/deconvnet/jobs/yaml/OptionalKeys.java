package org.deconvnet.jobs.yaml;

import java.lang.reflect.RecordComponent;
import java.util.Map;

/**
 * Keys that a file may leave out, and what they are then: those that came after the first files.
 *
 * @param values by record, then by key
 */
public record OptionalKeys(Map<Class<? extends Record>, Map<String, Object>> values) {
  public static final OptionalKeys NONE = new OptionalKeys(Map.of());

  boolean has(RecordComponent component) {
    return of(component).containsKey(component.getName());
  }

  Object value(RecordComponent component) {
    return of(component).get(component.getName());
  }

  private Map<String, Object> of(RecordComponent component) {
    return values.getOrDefault(component.getDeclaringRecord(), Map.of());
  }
}
