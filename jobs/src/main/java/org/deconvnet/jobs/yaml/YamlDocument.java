package org.deconvnet.jobs.yaml;

import java.io.IOException;
import java.io.InputStream;
import org.deconvnet.spark.config.Sections;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML file of keys and values. Immutable. */
public final class YamlDocument {
  private final Spot root;

  private YamlDocument(Spot root) {
    this.root = root;
  }

  /**
   * @param file what messages call it
   * @throws YamlMistakeException if it is no UTF-8 text, no YAML, or something else than keys
   */
  public static YamlDocument read(String file, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(YamlText.MOST_BYTES + 1);
    return new YamlDocument(Spot.root(file, YamlTree.parse(file, YamlText.decode(file, bytes))));
  }

  /** Whether the file has no key. */
  public boolean isEmpty() {
    return root.node() instanceof MappingNode keys && keys.getValue().isEmpty();
  }

  /**
   * The file as a record.
   *
   * @param sections which keys there are, and their defaults
   * @throws YamlMistakeException at the first key that is not known, missing, there twice, of
   *     another type, or that a record's constructor refuses
   */
  public <T extends Record> T as(Class<T> type, Sections sections) {
    return type.cast(new Records(root, sections).read(type, root));
  }

  /**
   * A mistake in a value that only shows later. A value that the file leaves to its default is told
   * where its section stands.
   *
   * @param way to the value, as in {@code network.model}
   */
  public YamlMistakeException mistake(String way, String what) {
    Spot spot = Way.follow(root, way);
    return spot == null ? section(way).place().mistake(way + ": " + what) : spot.mistake(what);
  }

  /** The innermost section on the way that the file has. */
  private Spot section(String way) {
    int end = way.lastIndexOf('.');
    if (end < 0) {
      return root;
    }
    Spot spot = Way.follow(root, way.substring(0, end));
    return spot == null ? section(way.substring(0, end)) : spot;
  }

  /**
   * A mistake in one item of a list that only shows later.
   *
   * @param way to the list, as in {@code corpus.exclude}
   * @param item as it is written there
   */
  public YamlMistakeException mistake(String way, String item, String what) {
    Spot list = Way.follow(root, way);
    if (list != null && list.node() instanceof SequenceNode items) {
      for (int i = 0; i < items.getValue().size(); i++) {
        Node node = items.getValue().get(i);
        if (node instanceof ScalarNode scalar && scalar.getValue().equals(item)) {
          return list.item(i, node).mistake(what);
        }
      }
    }
    return mistake(way, what);
  }
}
