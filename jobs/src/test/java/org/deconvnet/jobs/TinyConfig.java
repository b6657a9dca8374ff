package org.deconvnet.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped quick start, made small for tests that need a network and nothing else. */
final class TinyConfig {
  private TinyConfig() {}

  static Path write(Path file) throws IOException {
    Path shipped = Path.of(System.getProperty("deconvnet.root"), "conf", "quickstart.yaml");
    // The engine by name: a busy machine must not turn auto into another one.
    return Files.writeString(
        file,
        Files.readString(shipped)
            .replace("engine: auto", "engine: vector")
            .replace("longestSide: 150", "longestSide: 48")
            .replace("batchSize: 20", "batchSize: 12")
            .replace("maps: 50", "maps: 10")
            .replace("iterations: 10", "iterations: 5")
            .replace("layers: [1, 2]", "layers: []"));
  }
}
