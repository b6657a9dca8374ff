package org.deconvnet.spark.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Function;

/**
 * A key of a section.
 *
 * @param type of its value: a number, a text, an enum, a section's options, or a list, set or map
 * @param value where the options have it
 */
public record Key<R>(String name, Type type, Function<R, ?> value) {
  static <R> Key<R> whole(String name, Function<R, Integer> value) {
    return new Key<>(name, Integer.class, value);
  }

  static <R> Key<R> number(String name, Function<R, Double> value) {
    return new Key<>(name, Double.class, value);
  }

  static <R> Key<R> text(String name, Function<R, String> value) {
    return new Key<>(name, String.class, value);
  }

  static <R, T> Key<R> list(String name, Class<T> item, Function<R, List<T>> value) {
    return new Key<>(name, new ListOf(item), value);
  }

  /** As {@code List<Item>} is declared. */
  private record ListOf(Class<?> item) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {item};
    }

    @Override
    public Type getRawType() {
      return List.class;
    }

    @Override
    public Type getOwnerType() {
      return null;
    }
  }
}
