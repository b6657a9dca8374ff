package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that this process's heap cannot hold is refused before it writes anything. */
class TooLittleMemoryTest {
  @TempDir Path folder;

  /** Small pictures, to be made 12,000 pixels wide: a layer of 15 maps takes 7 GB and more. */
  @Test
  void trainSaysWhatItNeedsAndWhatToSet() throws IOException {
    Path corpus = BarCorpus.write(folder.resolve("corpus"), 2, 3, 1);
    Path config =
        Files.writeString(
            folder.resolve("large.yaml"),
            TinyConfig.changed(TinyConfig.quickstart(), "longestSide: 48", "longestSide: 12000"));
    Path model = folder.resolve("model");
    MainTest.Result result =
        MainTest.run("train", "--config", config, "--input", corpus, "--output", model);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("memory: expected at least ", "since to code ", "set DECONVNET_MEMORY=")
        .contains("preprocess.longestSide")
        .doesNotContain("defect");
    assertThat(model).doesNotExist();
  }
}
