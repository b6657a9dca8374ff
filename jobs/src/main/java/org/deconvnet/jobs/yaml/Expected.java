package org.deconvnet.jobs.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** What a type asks of a file, in words. */
final class Expected {
  private Expected() {}

  static String of(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return parameterized.getRawType() == java.util.Map.class
          ? "keys and numbers"
          : "a list of " + each(parameterized.getActualTypeArguments()[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return String.join(" or ", Scalars.choices(plain));
    }
    return switch (plain.getSimpleName()) {
      case "int", "long", "Integer", "Long" -> "a whole number";
      case "double", "Double" -> "a number";
      case "boolean", "Boolean" -> "true or false";
      case "String" -> "text";
      default -> "keys and values";
    };
  }

  private static String each(Type item) {
    if (item instanceof Class<?> plain && plain.isEnum()) {
      return "words";
    }
    return switch (of(item)) {
      case "a number" -> "numbers";
      case "a whole number" -> "whole numbers";
      case "text" -> "words";
      default -> "entries, each keys and values";
    };
  }
}
