package org.deconvnet.jobs.yaml;

import java.io.StringReader;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The part of YAML that is read here: one document of keys and values. Anchors, aliases and tags
 * are refused, since what they stand for is not where it is written.
 */
final class YamlTree {
  private final String file;
  private int documents;

  private YamlTree(String file) {
    this.file = file;
  }

  static MappingNode parse(String file, String text) {
    try {
      new YamlTree(file).check(text);
      Node root = yaml().compose(new StringReader(text));
      if (root == null) {
        return nothing();
      }
      if (root instanceof MappingNode keys) {
        return keys;
      }
      throw Place.of(file, root.getStartMark())
          .mistake("expected keys and values, got " + Got.say(root));
    } catch (MarkedYAMLException e) {
      throw invalid(Place.of(file, e.getProblemMark()) + "", e.getProblem(), e);
    } catch (YAMLException e) {
      throw invalid(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** An empty file has no keys: all of them have their defaults. */
  private static MappingNode nothing() {
    Mark start = new Mark("", 0, 0, 0, new int[0], 0);
    return new MappingNode(Tag.MAP, true, List.of(), start, start, FlowStyle.BLOCK);
  }

  private static Yaml yaml() {
    return new Yaml(new LoaderOptions());
  }

  private static YamlMistakeException invalid(String place, String problem, Throwable cause) {
    String line = problem.strip().replaceAll("\\s*\\R\\s*", " ");
    return new YamlMistakeException("%s: not valid YAML: %s".formatted(place, line), cause);
  }

  private void check(String text) {
    for (Event event : yaml().parse(new StringReader(text))) {
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        throw refused(event, "one document", "another after '---'");
      }
      if (event instanceof AliasEvent alias) {
        throw refused(event, "the value itself", "the alias *" + alias.getAnchor());
      }
      if (event instanceof NodeEvent node && node.getAnchor() != null) {
        throw refused(event, "no anchors", "&" + node.getAnchor());
      }
      String tag = tag(event);
      if (tag != null) {
        throw refused(event, "no tags", tag.replace("tag:yaml.org,2002:", "!!"));
      }
    }
  }

  private static String tag(Event event) {
    return event instanceof ScalarEvent scalar
        ? scalar.getTag()
        : event instanceof CollectionStartEvent start ? start.getTag() : null;
  }

  private YamlMistakeException refused(Event event, String expected, String got) {
    Mark mark = event.getStartMark();
    return Place.of(file, mark).mistake("expected %s, got %s".formatted(expected, got));
  }
}
