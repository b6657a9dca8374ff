package org.deconvnet.jobs.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Makes records of values: a key for each component, and no other. What a record's constructor
 * refuses is named by its key, too.
 */
final class Records {
  private final Spot root;
  private final OptionalKeys optional;

  Records(Spot root, OptionalKeys optional) {
    this.root = root;
    this.optional = optional;
  }

  Object read(Type type, Spot spot) {
    if (type instanceof ParameterizedType generic) {
      return collection(generic, spot);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return record(plain, Keys.of(spot, Expected.of(plain)), spot, Set.of());
    }
    if (Kinds.are(plain)) {
      Keys keys = Keys.of(spot, Expected.of(plain));
      Kinds kinds = Kinds.of(plain);
      return record(kinds.named(keys), keys, spot, Set.of(kinds.key()));
    }
    return plain.isEnum() ? Scalars.choice(plain, spot) : scalar(plain, spot);
  }

  private static Object scalar(Class<?> type, Spot spot) {
    return switch (type.getSimpleName()) {
      case "int", "Integer" -> (int) Scalars.whole(spot, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "long", "Long" -> Scalars.whole(spot, Long.MIN_VALUE, Long.MAX_VALUE);
      case "double", "Double" -> Scalars.number(spot);
      case "boolean", "Boolean" -> Scalars.truth(spot);
      case "String" -> Scalars.text(spot);
      default -> throw new IllegalStateException(spot.path() + ": no way to read a " + type);
    };
  }

  private Object collection(ParameterizedType type, Spot spot) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Map.class) {
      Map<String, Object> values = new LinkedHashMap<>();
      Keys.of(spot, Expected.of(type))
          .values()
          .forEach((name, value) -> values.put(name, read(arguments[1], value)));
      return values;
    }
    List<Object> items = items(arguments[0], spot, Expected.of(type));
    return type.getRawType() == Set.class ? new LinkedHashSet<>(items) : items;
  }

  private List<Object> items(Type type, Spot spot, String expected) {
    if (!(spot.node() instanceof SequenceNode sequence)) {
      throw spot.expected(expected);
    }
    List<Object> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(read(type, spot.item(items.size(), item)));
    }
    return items;
  }

  /**
   * @param others keys that are no components
   */
  private Object record(Class<?> type, Keys keys, Spot spot, Set<String> others) {
    RecordComponent[] components = type.getRecordComponents();
    Set<String> known = new LinkedHashSet<>(others);
    Arrays.stream(components).map(RecordComponent::getName).forEach(known::add);
    keys.requireAmong(known);
    for (RecordComponent component : components) {
      if (keys.get(component.getName()) == null && !optional.has(component)) {
        throw keys.missing(component.getName(), Expected.of(component.getGenericType()));
      }
    }
    Object[] values = Arrays.stream(components).map(c -> value(c, keys)).toArray();
    return construct(type, components, values, spot);
  }

  private Object value(RecordComponent component, Keys keys) {
    Spot spot = keys.get(component.getName());
    return spot == null ? optional.value(component) : read(component.getGenericType(), spot);
  }

  private Object construct(
      Class<?> type, RecordComponent[] components, Object[] values, Spot spot) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw new Refusal(root).of(spot, refused);
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("%s of %s".formatted(type, spot.place()), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record has a constructor of its components", e);
    }
  }
}
