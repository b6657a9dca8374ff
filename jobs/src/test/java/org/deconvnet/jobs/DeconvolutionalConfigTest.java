package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.deconvnet.spark.config.DeconvolutionalSettings;
import org.deconvnet.spark.config.ExperimentOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration of model dn may say. */
class DeconvolutionalConfigTest {
  private static final String FRUIT = "fruit-dn.yaml";

  @Test
  void theShippedOneIsThePapers() throws IOException {
    var network = (DeconvolutionalSettings) parse(TinyConfig.shipped(FRUIT)).network();
    assertThat(network.depth()).isEqualTo(2);
    assertThat(network.layers().get(0).schedule().betas())
        .containsExactly(1.0, 10.0, 100.0, 1e3, 1e4, 1e5);
    assertThat(network.epochs()).containsExactly(7, 7);
    assertThat(network.leastSide()).isEqualTo(7);
  }

  @Test
  void aHigherLayersFilterAsksForLessOfTheImage() throws IOException {
    String text =
        TinyConfig.changed(
            TinyConfig.shipped(FRUIT),
            "maps: 9, filterSide: 7",
            "maps: 9, filterSide: 3",
            "maps: 45, filterSide: 7",
            "maps: 45, filterSide: 9");
    // The maps of layer 1 are 2 wider than the image.
    assertThat(parse(text).network().learned().leastSide()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.5", "1.5", "2"})
  void alphaOutOfRangeIsNamed(String alpha) throws IOException {
    assertRefused("alpha: 0.8", "alpha: " + alpha, "network.layers[0]", "alpha: expected 0 <");
  }

  @Test
  void betasHaveToIncrease() throws IOException {
    String betas = "betas: [1, 10, 100, 1000, 10000, 100000]";
    assertRefused(betas, "betas: [10, 1]", "network", "betas: expected strictly increasing", "1.0");
    assertRefused(betas, "betas: []", "network", "betas: rounds: expected at least 1, got 0");
    assertRefused("cgSteps: 2", "cgSteps: 0", "network", "cgSteps: expected at least 1, got 0");
  }

  @Test
  void connectivityThatDoesNotFitIsNamed() throws IOException {
    String pairs = "connectivity: singlesAndPairs";
    assertRefused(pairs, "connectivity: pairs", "network.layers[1]", "got 'pairs'");
    assertRefused(
        "maps: 45", "maps: 44", "network.layers", "singlesAndPairs: maps: expected 45, got 44");
    assertRefused(
        "maps: 45, filterSide: 7, " + pairs,
        "maps: 2, filterSide: 7, connectivity: 111111111 000000000",
        "network.layers",
        "map 1 is connected to no channel");
    assertRefused(
        "maps: 45, filterSide: 7, " + pairs,
        "maps: 2, filterSide: 7, connectivity: 111111110 111111110",
        "network.layers",
        "channel 8 is reconstructed by no map");
  }

  @Test
  void theTableOfLayerOneHasToFitTheColours() throws IOException {
    String table = "maps: 2, filterSide: 7, connectivity: 110 011";
    String colour =
        TinyConfig.changed(
            TinyConfig.shipped(FRUIT),
            "maps: 9, filterSide: 7, connectivity: full",
            table,
            "maps: 45",
            "maps: 3");
    assertThat(parse(colour).network().learned().depth()).isEqualTo(2);
    assertThatThrownBy(() -> parse(TinyConfig.changed(colour, "grey: false", "grey: true")))
        .hasMessageContaining(
            "network.layers[0].connectivity table: channels of map 0: expected 1");
  }

  @Test
  void numbersOutOfRangeAreNamed() throws IOException {
    assertRefused("memory: 0.2", "memory: 1", "network", "memory: expected 0 <= memory < 1");
    assertRefused("passes: 1", "passes: 0", "network.passes: expected at least 1, got 0");
    assertRefused("kappa: 1", "kappa: 0", "network.layers[0]", "kappa: expected a positive");
  }

  private static void assertRefused(String replace, String by, String... saying)
      throws IOException {
    String changed = TinyConfig.changed(TinyConfig.shipped(FRUIT), replace, by);
    var refused =
        assertThatThrownBy(() -> parse(changed))
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("config my.yaml, line ");
    for (String part : saying) {
      refused.hasMessageContaining(part);
    }
  }

  private static ExperimentOptions parse(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ConfigLoader.parse("my.yaml", new ByteArrayInputStream(bytes));
  }
}
