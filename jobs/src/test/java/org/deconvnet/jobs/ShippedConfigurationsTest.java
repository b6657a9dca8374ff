package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deconvnet.spark.config.ConfigurationText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The files in {@code conf} hold what differs from the defaults, and a run can write them whole.
 */
class ShippedConfigurationsTest {
  /** For readers: which network it is, how large its layers are, and what is described. */
  private static final Set<String> SAID_ANYWAY = Set.of("model", "maps", "source");

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(TinyConfig.file("."))) {
      return files.filter(p -> p.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @Test
  void thereAreTwentyThree() throws IOException {
    assertThat(shipped()).hasSize(24);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void theWholeTextMeansTheSame(Path file) throws IOException {
    Record options = parse(Files.readString(file));
    String whole = ConfigurationText.of(options);
    assertThat(parse(whole)).isEqualTo(options);
    assertThat(ConfigurationText.of(parse(whole))).isEqualTo(whole);
    assertThat(whole).startsWith("seed: 1\ncorpus:\n  exclude: [").contains("\n  upright: true\n");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void noKeySaysItsDefault(Path file) throws IOException {
    assertThat(idle(Files.readString(file))).isEmpty();
  }

  @Test
  void aKeyThatSaysItsDefaultIsFound() throws IOException {
    assertThat(idle("network: {images: 0, layers: [{lambda: 3, epochs: 3, maps: 15}]}"))
        .containsExactly("images", "epochs");
  }

  /** Keys without which the text means the same. */
  private static List<String> idle(String text) throws IOException {
    List<String> idle = new ArrayList<>();
    Object root = new Yaml().load(text);
    leaveOutEach(root, root, parse(text), idle);
    return idle;
  }

  private static void leaveOutEach(Object root, Object value, Record options, List<String> idle)
      throws IOException {
    if (value instanceof Collection<?> items) {
      for (Object item : items) {
        leaveOutEach(root, item, options, idle);
      }
    } else if (value instanceof Map<?, ?> section) {
      @SuppressWarnings("unchecked") // As SnakeYAML reads a mapping.
      Map<Object, Object> keys = (Map<Object, Object>) section;
      for (Object key : List.copyOf(keys.keySet())) {
        Object without = keys.remove(key);
        if (!SAID_ANYWAY.contains(String.valueOf(key)) && means(root, options)) {
          idle.add(String.valueOf(key));
        }
        keys.put(key, without);
        leaveOutEach(root, without, options, idle);
      }
    }
  }

  private static boolean means(Object tree, Record options) throws IOException {
    try {
      return parse(new Yaml().dump(tree)).equals(options);
    } catch (ConfigException without) {
      return false;
    }
  }

  /** Options of one of the three kinds of files. */
  private static Record parse(String text) throws IOException {
    if (has("segment", text)) {
      return ConfigLoader.parseToSegment("my.yaml", text);
    }
    ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return has("generate", text)
        ? ConfigLoader.parseToGenerate("my.yaml", bytes)
        : ConfigLoader.parse("my.yaml", bytes);
  }

  private static boolean has(String section, String text) {
    return Pattern.compile("^" + section + ":", Pattern.MULTILINE).matcher(text).find();
  }
}
