package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command writes below the images that it reads. */
class SeparateOutputTest {
  private static final Set<String> TRIED = new TreeSet<>();

  @TempDir static Path home;
  private static Path corpus;

  @BeforeAll
  static void write() throws IOException {
    corpus = BarCorpus.write(home.resolve("data/caltech10"), 2, 1, 1);
    Files.createDirectories(home.resolve("conf"));
    for (String name :
        List.of("quickstart.yaml", "fruit-dn.yaml", "dcgan-64.yaml", "segment-cnn.yaml")) {
      Files.copy(TinyConfig.file(name), home.resolve("conf").resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --config CONF/quickstart.yaml --input IN --output OUT",
        "extract --model none --input IN --output OUT",
        "classify --model none --input IN --output OUT",
        "reconstruct --model none --input IN --output OUT",
        "visualize --model none --input IN --output OUT",
        "occlude --model none --input IN --output OUT",
        "encode --model none --input IN --output OUT",
        "denoise --model none --input IN --output OUT --sigma 10",
        "inpaint --model none --input IN --output OUT --missing 0.5",
        "benchmark --config CONF/quickstart.yaml --input IN --output OUT",
        "benchmark --config CONF/quickstart.yaml --input IN --output elsewhere --cache OUT",
        "ablations --config CONF/quickstart.yaml --input IN --output OUT",
        "ablations --config CONF/quickstart.yaml --input IN --output elsewhere --cache OUT",
        "compare-learners --config CONF/fruit-dn.yaml --input IN --output OUT",
        "pack --input IN --output OUT",
        "generate train --config CONF/dcgan-64.yaml --input IN --output OUT",
        "segment train --config CONF/segment-cnn.yaml --input IN --output OUT",
        "segment predict --model none --input IN --output OUT",
        "segment evaluate --model none --input IN --output OUT",
        "quickstart --home HOME --output OUT"
      })
  void anOutputBelowTheInputIsRefusedBeforeAnythingElse(String command) throws IOException {
    TRIED.add(command.replaceAll(" --.*", ""));
    String line =
        command
            .replace("CONF", home.resolve("conf").toString())
            .replace("HOME", home.toString())
            .replace("IN", corpus.toString())
            .replace("OUT", corpus.resolve("new/out").toString());
    MainTest.Result result = MainTest.run((Object[]) line.split(" "));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("new/out: expected a folder apart from the corpus");
    try (Stream<Path> files = Files.walk(corpus)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(2);
    }
  }

  /** Every command but those that read no images, or write nothing. */
  @AfterAll
  static void allCommandsWereTried() {
    Set<String> commands = new TreeSet<>(Verbs.names());
    commands.removeAll(
        Set.of(
            "speed",
            "doctor",
            "completion",
            "notebook",
            "describe",
            "export",
            "import",
            "generate sample",
            "generate interpolate"));
    assertThat(TRIED).isEqualTo(commands);
  }

  @Test
  void anInputBelowTheOutputIsNotDeletedByOverwriting() throws IOException {
    Path result = Files.createDirectories(home.resolve("result"));
    Files.writeString(result.resolve("_deconvnet"), "complete");
    Path images = BarCorpus.write(result.resolve("images"), 2, 1, 1);
    MainTest.Result refused =
        MainTest.run("pack", "--input", images, "--output", result, "--overwrite");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("expected a folder apart from the corpus");
    assertThat(images.resolve("class0/image0.png")).exists();
  }

  @Test
  void anInputThatIsNoFolderSaysWhatIsMeant() {
    for (String[] pair :
        new String[][] {
          {"https://host/photos", "a web address"},
          {"s3://bucket/photos", "s3a://bucket/photos"},
          {"photos:2020", "write ./photos:2020"}
        }) {
      MainTest.Result result =
          MainTest.run("pack", "--input", pair[0], "--output", home.resolve("packed"));
      assertThat(result.code()).as(pair[0]).isEqualTo(1);
      assertThat(result.err()).contains(pair[0], pair[1]);
    }
  }
}
