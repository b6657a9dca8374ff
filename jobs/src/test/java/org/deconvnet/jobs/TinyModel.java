package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Networks without a classifier, for tests of what is done with a network. */
final class TinyModel {
  private TinyModel() {}

  /** Trains as a user would, and returns the model's folder, which has the name. */
  static Path train(Path folder, String name, String config, Path corpus) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), config);
    Path model = folder.resolve(name);
    MainTest.Result result =
        MainTest.run("train", "--config", file, "--input", corpus, "--output", model);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("features.vocabularies is empty: the model classifies nothing");
    return model;
  }
}
