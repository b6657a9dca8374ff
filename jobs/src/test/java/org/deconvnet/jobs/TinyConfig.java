package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deconvnet.spark.config.ConfigurationText;

/** Shipped configurations, made small for tests. */
final class TinyConfig {
  private TinyConfig() {}

  /** A configuration in {@code conf} with every key, so that tests can change any of them. */
  static String shipped(String name) throws IOException {
    try (InputStream in = Files.newInputStream(file(name))) {
      return ConfigurationText.of(ConfigLoader.parse(name, in));
    }
  }

  static Path file(String name) {
    return Path.of(System.getProperty("deconvnet.root"), "conf", name);
  }

  /** The shipped quick start with images, maps, words and splits of some seconds. */
  static String quickstart() throws IOException {
    return changed(
        shipped("quickstart.yaml"),
        // By name: a busy machine must not turn auto into another engine.
        "engine: auto",
        "engine: vector",
        "longestSide: 150",
        "longestSide: 48",
        "maps: 50",
        "maps: 10",
        "iterations: 10",
        "iterations: 5",
        "words: 300",
        "words: 20",
        "descriptors: 30000",
        "descriptors: 1000",
        "trainPerClass: 20",
        "trainPerClass: 4");
  }

  /** Writes {@link #quickstart()} with batches so small that 24 images are more than one. */
  static Path write(Path file) throws IOException {
    return Files.writeString(file, changed(quickstart(), "batchSize: 20", "batchSize: 12"));
  }

  /** Writes the same, learning the network and nothing else. */
  static Path writeWithoutFeatures(Path file) throws IOException {
    write(file);
    return Files.writeString(file, withoutFeatures(Files.readString(file)));
  }

  /**
   * A configuration with some of its words replaced, wherever they stand.
   *
   * @param pairs a text that has to be there, what takes its place, and so on
   */
  static String changed(String text, String... pairs) {
    String changed = text;
    for (int i = 0; i < pairs.length; i += 2) {
      assertThat(changed).contains(pairs[i]);
      changed = changed.replace(pairs[i], pairs[i + 1]);
    }
    return changed;
  }

  /** A configuration that learns its network and nothing else. */
  static String withoutFeatures(String text) {
    String bare = text.replaceAll("(vocabularies|combinations):\n( +- .*\n)+", "$1: []\n");
    assertThat(bare).contains("vocabularies: []", "combinations: []");
    return bare;
  }

  static String withEpochs(int epochs, String text) {
    return text.replaceAll("epochs: \\d+", "epochs: " + epochs);
  }
}
