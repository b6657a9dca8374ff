package org.deconvnet.jobs.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.deconvnet.jobs.words.NearestName;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The keys of one value, each a word that stands there once, in the order of the file. */
final class Keys {
  private static final String MERGE = "<<";
  private static final String NO_MERGING = "expected the keys themselves, got a merge of others";

  private final Spot owner;
  private final Map<String, Spot> values;

  private Keys(Spot owner, Map<String, Spot> values) {
    this.owner = owner;
    this.values = values;
  }

  /**
   * @param expected what a message calls the value if it has no keys
   */
  static Keys of(Spot owner, String expected) {
    if (!(owner.node() instanceof MappingNode mapping)) {
      throw owner.expected(expected);
    }
    Map<String, Spot> values = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String name = word(owner, entry.getKeyNode());
      Spot value = owner.key(name, entry.getKeyNode(), entry.getValueNode());
      Spot first = values.putIfAbsent(name, value);
      if (first != null) {
        Place before = first.place();
        throw value.mistake(
            "expected each key once, got it also in line %d, column %d; remove one"
                .formatted(before.line(), before.column()));
      }
    }
    return new Keys(owner, values);
  }

  private static String word(Spot owner, Node key) {
    if (key instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw Place.of(owner.file(), key.getStartMark())
        .mistake("expected a word for a key, got " + Got.say(key));
  }

  Map<String, Spot> values() {
    return values;
  }

  Spot get(String name) {
    return values.get(name);
  }

  /** Refuses the first key that is not known. */
  void requireAmong(Collection<String> known) {
    for (Map.Entry<String, Spot> entry : values.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw entry
            .getValue()
            .mistake(entry.getKey().equals(MERGE) ? NO_MERGING : unknown(entry.getKey(), known));
      }
    }
  }

  /** A key that is not there yet is meant rather than one that is. */
  private String unknown(String key, Collection<String> known) {
    List<String> absent = known.stream().filter(name -> !values.containsKey(name)).toList();
    return "unknown key; expected one of %s%s"
        .formatted(
            String.join(", ", new TreeSet<>(known)),
            NearestName.asked(key, absent.isEmpty() ? known : absent));
  }

  /** Refuses to go on without a key. */
  YamlMistakeException missing(String key, String expected) {
    return owner.mistake("expected the key %s (%s), got none".formatted(key, expected));
  }
}
