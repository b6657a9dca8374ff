package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.deconvnet.store.NpyArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier program wrote is read for ever, and means the same: see golden/README.md. */
class GoldenModelsTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("deconvnet.root"), "jobs/src/test/golden/v1");

  @TempDir static Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"adn", "dn"})
  void featuresAreTheSameToTheBit(String kind) throws IOException {
    Path out = folder.resolve(kind + "-features");
    run("extract", "--model", copy(kind), "--input", copy("packed"), "--output", out);
    List<String> golden = sorted(ExtractedFeatures.readAll(GOLDEN.resolve(kind + "-features")));
    assertThat(golden).hasSize(24);
    assertThat(sorted(ExtractedFeatures.read(out))).isEqualTo(golden);
  }

  @Test
  void theClassifierSaysTheSame() throws IOException {
    Path out = folder.resolve("classes");
    run("classify", "--model", copy("adn"), "--input", copy("packed"), "--output", out);
    assertThat(Files.readAllLines(csvBelow(out)))
        .hasSameElementsAs(Files.readAllLines(GOLDEN.resolve("adn-predictions.csv")));
  }

  /** The model whole was trained without a stop, so this is the proof that both ways end alike. */
  @Test
  void aStoppedTrainingGoesOnToTheSameFilters() throws IOException {
    assertThat(fingerprint(goneOn("dn"))).isEqualTo(fingerprint(GOLDEN.resolve("dn")));
  }

  /** Its last step along conjugate gradients sums one number, no vector: other last digits. */
  @Test
  void aStoppedTrainingGoesOnToTheSameFiltersButForLastDigits() throws IOException {
    Path model = goneOn("adn");
    for (String layer : List.of("layer1.npy", "layer2.npy")) {
      NpyArray golden = filters(GOLDEN.resolve("adn"), layer);
      NpyArray now = filters(model, layer);
      assertThat(now.shape()).isEqualTo(golden.shape());
      assertThat(now.data()).as(layer).containsExactly(golden.data(), within(1e-4f));
    }
  }

  private static NpyArray filters(Path model, String layer) throws IOException {
    try (Stream<Path> files = Files.walk(model);
        InputStream in =
            Files.newInputStream(files.filter(f -> f.endsWith(layer)).findFirst().orElseThrow())) {
      return NpyArray.read(in, layer);
    }
  }

  private static Path goneOn(String kind) throws IOException {
    Path model = copy(kind + "-stopped");
    MainTest.Result result =
        run(
            "train",
            "--config",
            GOLDEN.resolve(kind + ".yaml"),
            "--input",
            copy("packed"),
            "--output",
            model);
    assertThat(result.out()).contains("resuming from a checkpoint: layer 2");
    return model;
  }

  private static Path csvBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow();
    }
  }

  private static String fingerprint(Path model) throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(model.resolve("metrics.json")))
        .path("fingerprint")
        .asText();
  }

  private static MainTest.Result run(Object... arguments) {
    MainTest.Result result = MainTest.run(arguments);
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private static List<String> sorted(List<Row> rows) {
    return rows.stream().map(Row::json).sorted(Comparator.naturalOrder()).toList();
  }

  /** A run writes into its folders. */
  private static Path copy(String name) throws IOException {
    Path target = Files.createTempDirectory(folder, name);
    try (Stream<Path> files = Files.walk(GOLDEN.resolve(name))) {
      for (Path file : files.toList()) {
        Path to = target.resolve(GOLDEN.resolve(name).relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return target;
  }
}
