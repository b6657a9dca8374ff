package org.deconvnet.spark.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The keys that belong together, and the options that their values make. A key that is not given
 * has the value of the section's defaults. Immutable.
 */
public final class Section<R> {
  private final R defaults;
  private final List<Key<R>> keys;
  private final Function<Values, R> maker;

  private Section(R defaults, Function<Values, R> maker, List<Key<R>> keys) {
    this.defaults = defaults;
    this.maker = maker;
    this.keys = List.copyOf(keys);
  }

  static <R> Section<R> of(R defaults, Function<Values, R> maker, List<Key<R>> keys) {
    return new Section<>(defaults, maker, keys);
  }

  /**
   * A key for each component.
   *
   * @param defaults null: every key has to be given
   */
  static <R> Section<R> ofComponents(Class<R> record, R defaults) {
    RecordComponent[] components = record.getRecordComponents();
    List<Key<R>> keys =
        Arrays.stream(components)
            .map(c -> new Key<R>(c.getName(), c.getGenericType(), options -> read(c, options)))
            .toList();
    Constructor<R> constructor = constructor(record, components);
    return new Section<>(
        defaults,
        values -> construct(constructor, keys.stream().map(k -> values.all().get(k.name()))),
        keys);
  }

  /** In the order in which a file has them. */
  public List<Key<R>> keys() {
    return keys;
  }

  /** Whether keys may be left out. */
  public boolean hasDefaults() {
    return defaults != null;
  }

  /** The default of each key. */
  public Map<String, Object> defaults() {
    return hasDefaults() ? values(defaults) : Map.of();
  }

  /** The value of each key. */
  public Map<String, Object> values(R options) {
    Map<String, Object> values = new LinkedHashMap<>();
    keys.forEach(key -> values.put(key.name(), key.value().apply(options)));
    return values;
  }

  /**
   * @param given values of keys, of the keys' types; all keys where there are no defaults
   * @throws IllegalArgumentException if the options refuse a value
   */
  public R make(Map<String, Object> given) {
    Map<String, Object> all = new LinkedHashMap<>(defaults());
    all.putAll(given);
    return maker.apply(new Values(all, given.keySet()));
  }

  private static <R> Constructor<R> constructor(Class<R> record, RecordComponent[] components) {
    try {
      Constructor<R> constructor =
          record.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record has a constructor of its components", e);
    }
  }

  private static <R> R construct(Constructor<R> constructor, Stream<Object> values) {
    try {
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw unchecked(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's constructor can be called", e);
    }
  }

  private static Object read(RecordComponent component, Object options) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(options);
    } catch (InvocationTargetException e) {
      throw unchecked(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a record's components can be read", e);
    }
  }

  private static RuntimeException unchecked(InvocationTargetException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException thrown
        ? thrown
        : new IllegalStateException("a record throws no checked exception", e);
  }
}
