package org.deconvnet.jobs.yaml;

import org.yaml.snakeyaml.error.Mark;

/**
 * Where something stands in a file.
 *
 * @param file as the user names it
 * @param line from 1
 * @param column from 1, in characters
 */
record Place(String file, int line, int column) {
  static Place of(String file, Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  YamlMistakeException mistake(String what) {
    return new YamlMistakeException(this + ": " + what);
  }

  @Override
  public String toString() {
    return "%s, line %d, column %d".formatted(file, line, column);
  }
}
