package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deconvnet.label.HeadOptions;
import org.deconvnet.label.LearningOptions;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.config.AdaptiveSettings;
import org.deconvnet.spark.config.CscSettings;
import org.deconvnet.spark.config.DeconvolutionalSettings;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.GeneratorSettings;
import org.deconvnet.spark.config.Key;
import org.deconvnet.spark.config.OnnxSettings;
import org.deconvnet.spark.config.PatchesSettings;
import org.deconvnet.spark.config.Sections;
import org.deconvnet.spark.config.SegmentOptions;
import org.deconvnet.spark.config.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/configuration.md has every key and its true default. */
class ConfigurationDocumentTest {
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| [^|]+ \\| ([^|]+) \\|.*");
  private static final Pattern BY_MODEL = Pattern.compile("(.+) for adn, (.+) for dn");

  /**
   * Defaults that follow from other keys, which {@link ConfigurationDefaultsTest} holds, and that
   * of a key that has none.
   */
  private static final Map<String, String> DERIVED =
      Map.of(
          "name", "its source",
          "combinations", "each kernel alone",
          "file", "none: it has to be given");

  /**
   * A section of the document.
   *
   * @param heading above its tables
   * @param file with a key of it, and no other
   */
  record Part(String heading, String file, Class<? extends Record> options) {
    boolean has(String key) {
      return keys().contains(key);
    }

    List<String> keys() {
      return Sections.OF_EXPERIMENTS.of(options).keys().stream().map(Key::name).toList();
    }

    /** What the document says is this part's where the models differ. */
    String own(String value) {
      Matcher both = BY_MODEL.matcher(value);
      return both.matches() ? both.group(options == AdaptiveSettings.class ? 1 : 2) : value;
    }
  }

  /** A row of a table under a heading. */
  record Documented(String heading, String key, String value) {}

  static List<Part> parts() {
    return List.of(
        new Part("network", "network: {model: adn, %s}", AdaptiveSettings.class),
        new Part("network", "network: {model: dn, %s}", DeconvolutionalSettings.class),
        new Part("A layer of model: adn", "network: {layers: [{%s}]}", AdaptiveOptions.class),
        new Part(
            "A layer of model: dn",
            "network: {model: dn, layers: [{%s}]}",
            DeconvolutionalOptions.class),
        new Part("model: csc", "network: {model: csc, %s}", CscSettings.class),
        new Part("Atoms of model: csc", "network: {model: csc, atoms: [{%s}]}", AtomGroup.class),
        new Part("model: patches", "network: {model: patches, %s}", PatchesSettings.class),
        new Part("model: onnx", "network: {model: onnx, file: a.onnx, %s}", OnnxSettings.class),
        new Part("corpus", "corpus: {%s}", ExperimentOptions.Corpus.class),
        new Part("preprocess", "preprocess: {%s}", PreprocessOptions.class),
        new Part("features", "features: {%s}", ExperimentOptions.Features.class),
        new Part("A vocabulary", "features: {vocabularies: [{%s}]}", Vocabulary.class),
        new Part("classifier", "classifier: {%s}", ExperimentOptions.Classifier.class),
        new Part("split", "split: {%s}", ExperimentOptions.Split.class),
        new Part("generate", "generate: {%s}", GeneratorSettings.class),
        new Part("segment", "segment: {%s}", SegmentOptions.class),
        new Part("The head of segment", "segment: {head: {%s}}", HeadOptions.class),
        new Part("The learning of segment", "segment: {learning: {%s}}", LearningOptions.class));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void everyKeyHasARow(Part part) throws IOException {
    assertThat(documented(part.heading()))
        .extracting(Documented::key)
        .doesNotHaveDuplicates()
        .containsAll(part.keys());
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aDocumentedDefaultChangesNothing(Part part) throws IOException {
    Record without = parse(part.file().formatted(""));
    for (Documented row : documented(part.heading())) {
      if (DERIVED.containsKey(row.key())) {
        assertThat(row.value()).isEqualTo(DERIVED.get(row.key()));
      } else if (part.has(row.key())) {
        String line = row.key() + ": " + part.own(row.value());
        assertThat(parse(part.file().formatted(line))).as(line).isEqualTo(without);
      }
    }
  }

  @Test
  void noRowIsOfAnUnknownKey() throws IOException {
    for (Documented row : documented()) {
      assertThat(parts())
          .as("%s: %s", row.heading(), row.key())
          .anyMatch(
              part ->
                  Stream.of("seed", "model").anyMatch(row.key()::equals)
                      || part.heading().equals(row.heading()) && part.has(row.key()));
    }
  }

  @Test
  void theSeedAndTheModelAreAsDocumented() throws IOException {
    assertThat(documented()).contains(new Documented("Top level", "seed", "1"));
    assertThat(documented()).contains(new Documented("network", "model", "adn"));
    assertThat(parse("seed: 1\nnetwork: {model: adn}")).isEqualTo(parse(""));
  }

  private static List<Documented> documented(String heading) throws IOException {
    return documented().stream().filter(row -> row.heading().equals(heading)).toList();
  }

  /** The rows of all tables that begin with a key. */
  private static List<Documented> documented() throws IOException {
    Path file = Path.of(System.getProperty("deconvnet.root"), "docs/configuration.md");
    List<Documented> rows = new ArrayList<>();
    String heading = "";
    boolean ofKeys = false;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#")) {
        heading = line.replaceAll("[#`]", "").strip();
      }
      ofKeys = line.startsWith("|") && (ofKeys || line.startsWith("| key | type | default |"));
      Matcher row = ROW.matcher(line);
      if (ofKeys && row.matches()) {
        rows.add(new Documented(heading, row.group(1), row.group(2).replace("`", "")));
      }
    }
    return rows;
  }

  private static Record parse(String text) throws IOException {
    if (text.startsWith("segment:")) {
      return ConfigLoader.parseToSegment("my.yaml", text);
    }
    ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return text.startsWith("generate:")
        ? ConfigLoader.parseToGenerate("my.yaml", bytes)
        : ConfigLoader.parse("my.yaml", bytes);
  }
}
