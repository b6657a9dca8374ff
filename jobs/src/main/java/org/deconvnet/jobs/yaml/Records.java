package org.deconvnet.jobs.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deconvnet.spark.config.Key;
import org.deconvnet.spark.config.Kinds;
import org.deconvnet.spark.config.Section;
import org.deconvnet.spark.config.Sections;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Makes options of values: the keys of their section, and no other. What the options refuse is
 * named by its key, too.
 */
final class Records {
  private final Spot root;
  private final Sections sections;

  Records(Spot root, Sections sections) {
    this.root = root;
    this.sections = sections;
  }

  Object read(Type type, Spot spot) {
    if (type instanceof ParameterizedType generic) {
      return collection(generic, spot);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return options(sections.of(plain), Keys.of(spot, Expected.of(plain)), spot, Set.of());
    }
    if (Kinds.are(plain)) {
      Keys keys = Keys.of(spot, Expected.of(plain));
      Kinds kinds = Kinds.of(plain);
      return options(sections.of(kind(kinds, keys)), keys, spot, Set.of(kinds.key()));
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

  /** What the key of the kinds says; the first kind where it may be left out. */
  private Class<?> kind(Kinds kinds, Keys keys) {
    List<String> names = List.copyOf(kinds.byName().keySet());
    Spot spot = keys.get(kinds.key());
    if (spot == null) {
      if (!sections.of(kinds.first()).hasDefaults()) {
        throw keys.missing(kinds.key(), String.join(" or ", names));
      }
      return kinds.first();
    }
    String name = Got.isNothing(spot.node()) ? "" : Scalars.text(spot);
    if (!kinds.byName().containsKey(name)) {
      throw Scalars.noChoice(names, name, spot);
    }
    return kinds.byName().get(name);
  }

  /**
   * @param others keys that the section does not have
   */
  private <R> R options(Section<R> section, Keys keys, Spot spot, Set<String> others) {
    Set<String> known = new LinkedHashSet<>(others);
    section.keys().forEach(key -> known.add(key.name()));
    keys.requireAmong(known);
    if (!section.hasDefaults()) {
      requireAll(section, keys);
    }
    Map<String, Object> given = new LinkedHashMap<>();
    for (Key<R> key : section.keys()) {
      Spot value = keys.get(key.name());
      if (value != null) {
        given.put(key.name(), read(key.type(), value));
      }
    }
    try {
      return section.make(given);
    } catch (IllegalArgumentException refused) {
      throw new Refusal(root).of(spot, refused);
    }
  }

  private static void requireAll(Section<?> section, Keys keys) {
    for (Key<?> key : section.keys()) {
      if (keys.get(key.name()) == null) {
        throw keys.missing(key.name(), Expected.of(key.type()));
      }
    }
  }
}
