package org.deconvnet.jobs.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A value in a file, and the way to it.
 *
 * @param file for messages
 * @param path as in {@code network.layers[1].lambda}; empty for the whole file
 * @param mark where its key stands, or the value itself where it has none
 * @param node the value
 */
record Spot(String file, String path, Mark mark, Node node) {
  static Spot root(String file, Node node) {
    return new Spot(file, "", node.getStartMark(), node);
  }

  /** The value of a key of this one. */
  Spot key(String name, Node key, Node value) {
    return new Spot(file, pathTo(name), key.getStartMark(), value);
  }

  /** An item of this list, from 0. */
  Spot item(int index, Node value) {
    return new Spot(file, path + "[" + index + "]", value.getStartMark(), value);
  }

  /** The way to a key of this one, whether it is there or not. */
  String pathTo(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  Place place() {
    return Place.of(file, mark);
  }

  YamlMistakeException mistake(String what) {
    return place().mistake(path.isEmpty() ? what : path + ": " + what);
  }

  /** The value is not what it has to be. */
  YamlMistakeException expected(String what) {
    return mistake("expected %s, got %s".formatted(what, Got.say(node)));
  }
}
