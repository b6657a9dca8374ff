package org.deconvnet.spark.corpus;

import java.util.Collection;
import java.util.List;

/** A class that is to be left out is not there: it is misspelt, or the corpus is another one. */
public final class NoSuchClassException extends CorpusException {
  private static final long serialVersionUID = 1;

  private final String corpus;
  private final String name;
  private final List<String> classes;

  NoSuchClassException(String corpus, String name, Collection<String> classes) {
    super(
        "corpus %s: expected a class to leave out among %s, got '%s'"
            .formatted(corpus, classes, name));
    this.corpus = corpus;
    this.name = name;
    this.classes = List.copyOf(classes);
  }

  public String corpus() {
    return corpus;
  }

  public String name() {
    return name;
  }

  /** All classes of the corpus. */
  public List<String> classes() {
    return classes;
  }
}
