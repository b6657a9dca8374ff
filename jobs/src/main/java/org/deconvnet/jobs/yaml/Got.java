package org.deconvnet.jobs.yaml;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What stands in a file where something else was expected, as a message says it. */
final class Got {
  private static final int LONGEST = 60;

  private Got() {}

  static String say(Node node) {
    if (node instanceof MappingNode) {
      return "keys and values";
    }
    if (!(node instanceof ScalarNode scalar)) {
      return "a list";
    }
    if (isNothing(scalar)) {
      return "nothing";
    }
    return isPlain(scalar) ? shown(scalar) : "the text '%s'".formatted(shown(scalar));
  }

  /** Null as YAML writes it: no value, {@code ~} or {@code null}. */
  static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** Written without quotes, so that a number may be meant. */
  static boolean isPlain(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }

  private static String shown(ScalarNode scalar) {
    String line = scalar.getValue().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
