package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deconvnet.describe.DescriptorWeights;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.InputScaling;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.pursuit.PursuitOptions;
import org.deconvnet.pursuit.Signs;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.OnnxSettings;
import org.deconvnet.spark.config.PixelOptions;
import org.deconvnet.spark.config.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  private static final Path CONF = Path.of(System.getProperty("deconvnet.root"), "conf");

  @Test
  void preprocessingOf2010IsAConfiguration() throws IOException {
    String text =
        TinyConfig.changed(
            TinyConfig.shipped("quickstart.yaml"),
            "grey: true",
            "grey: false",
            "longestSide: 150",
            "longestSide: 0",
            "subtractMean: false",
            "subtractMean: true",
            "window: 13",
            "window: 5",
            "sigma: 4.773",
            "sigma: 1.591",
            "border: reflect",
            "border: valid",
            "deviationFloor: 0",
            "deviationFloor: 1");
    assertThat(parse(text).preprocess()).isEqualTo(PreprocessOptions.NETWORK_2010);
  }

  @Test
  void theShippedPreprocessingIsThatOf2011() throws IOException {
    String text = Files.readString(CONF.resolve("quickstart.yaml"));
    assertThat(parse(text).preprocess()).isEqualTo(PreprocessOptions.DEFAULTS);
  }

  @Test
  void scenes15IsTheProtocolOfThePyramidPaper() throws IOException {
    ExperimentOptions scenes = parse(Files.readString(CONF.resolve("scenes15.yaml")));
    ExperimentOptions.Split split = scenes.split();
    assertThat(split.trainPerClass()).isEqualTo(100);
    assertThat(split.mostTestPerClass()).as("the rest tests").isGreaterThan(100_000);
    assertThat(split.splits()).isEqualTo(10);
    assertThat(split.validate()).isFalse();
    assertThat(scenes.preprocess().grey()).isTrue();
    assertThat(scenes.corpus().exclude()).isEmpty();
    assertThat(scenes.features().vocabularies())
        .allMatch(v -> v.words() == 400 && v.descriptors().step() == 8);
    assertThat(scenes.classifier().combinations())
        .extracting(Map::keySet)
        .contains(Set.of("layer1-hard"), Set.of("layer1-llc"), Set.of("sift-hard"));
  }

  @Test
  void uprightMayBeLeftOutAndTurnedOff() throws IOException {
    assertThat(parse("preprocess: {}").preprocess().upright()).isTrue();
    for (boolean upright : new boolean[] {true, false}) {
      assertThat(parse("preprocess: {upright: %s}".formatted(upright)).preprocess())
          .isEqualTo(PreprocessOptions.DEFAULTS.withUpright(upright));
    }
    assertRefused("upright: true", "upright: perhaps", "my.yaml", "upright");
    assertRefused("upright: true", "uprigth: true", "uprigth", "did you mean upright?");
  }

  @Test
  void preprocessingKeysAreCheckedAndNamed() throws IOException {
    assertRefused("border: reflect", "border: wrap", "my.yaml", "preprocess.border", "valid");
    assertRefused("border: reflect", "border:", "my.yaml", "preprocess", "reflect or valid");
    assertRefused("deviationFloor: 0", "deviationFloor: -1", "deviation floor", "got -1.0");
    assertRefused("deviation: auto", "deviation: median", "my.yaml", "preprocess.deviation");
    String both = "border: %s\n  deviationFloor: 0\n  deviation: %s";
    assertRefused(
        both.formatted("reflect", "auto"), both.formatted("valid", "centred"), "got centred");
  }

  @Test
  void anUnknownKeyNamesFileAndKey() throws IOException {
    assertRefused(
        "clip: 0.2", "clip: 0.2, clup: 1", "my.yaml", "features.vocabularies[0].clup", "clip");
  }

  @Test
  void aKeyThatIsNotThereHasItsDefault() throws IOException {
    String text = TinyConfig.changed(TinyConfig.shipped("quickstart.yaml"), "words: 300, ", "");
    assertThat(parse(text).features().vocabularies()).extracting("words").containsOnly(1000);
  }

  @Test
  void aValueOutOfRangeIsNamed() throws IOException {
    assertRefused("lambda: 2,", "lambda: -2,", "my.yaml", "lambda");
    assertRefused("kind: auto", "kind: clever", "my.yaml", "classifier.kind", "clever");
    assertRefused(
        "source: layer2",
        "source: layer3",
        "features.vocabularies[1].source",
        "from 1 to 2, which the network has, got layer3");
    assertRefused(
        "source: layer2",
        "source: hog",
        "features.vocabularies[1].source",
        "expected sift, patches or layer1");
    assertRefused(
        "codings: [hard]",
        "codings: [tough]",
        "codings[0]",
        "hard or soft or softmax or llc or sparse",
        "got tough");
    assertRefused("codings: [hard]", "codings: [hard, hard]", "different ones");
    assertRefused("name: layer2", "name: layer1", "expected different names");
    assertRefused("words: 300", "words: 1", "words: expected from 2 to 32768, got 1");
    assertRefused("words: 300", "words: 40000", "words: expected from 2 to 32768, got 40000");
  }

  @Test
  void descriptorsOfSingleActivationsAreWeighted() throws IOException {
    String text = "features: {vocabularies: [{%s}]}";
    assertThat(parse(text.formatted("activations: 5, weights: norm")).features().vocabularies())
        .extracting("weights")
        .containsExactly(DescriptorWeights.NORM);
    assertThat(parse(text.formatted("activations: 5")).features().vocabularies())
        .extracting("weights")
        .containsExactly(DescriptorWeights.ALIKE);
    assertThatThrownBy(() -> parse(text.formatted("weights: norm")))
        .hasMessageContaining(
            "weights: expected alike where activations is 0, got norm: only descriptors of single"
                + " activations are weighted; set activations above 0");
    assertThatThrownBy(() -> parse(text.formatted("activations: 5, weights: energy")))
        .hasMessageContaining("alike or norm")
        .hasMessageContaining("got energy");
  }

  @Test
  void combinationsAreOfKernelsThatExist() throws IOException {
    assertRefused("- {layer1-hard: 1}", "- {layer1-soft: 1}", "layer1-hard", "layer1-soft");
    assertRefused(
        "- {layer1-hard: 1}",
        "- {layer1-hard: 0}",
        "combinations[1].layer1-hard: weight: expected");
    assertRefused("- {layer1-hard: 1}", "- {}", "kernels: expected at least 1");
    assertRefused("c: []", "c: [0]", "classifier.c");
    assertRefused("folds: 3", "folds: 1", "classifier.folds");
  }

  @Test
  void anUnknownKindOfNetworkIsNamed() throws IOException {
    assertRefused(
        "model: adn",
        "model: vae",
        "my.yaml",
        "network.model: expected adn or dn or csc or patches or onnx, got vae");
  }

  @Test
  void aNetworkOfAFileHasItsKeys() throws IOException {
    ExperimentOptions options =
        parse(
            "network: {model: onnx, file: a.onnx, crop: 64, mean: [0.5], order: bgr, range: 255,"
                + " layers: [relu1, relu2]}");
    CnnOptions cnn = options.network().as(OnnxSettings.class).orElseThrow().cnn();
    assertThat(cnn)
        .isEqualTo(
            new CnnOptions(
                0,
                64,
                List.of(0.5),
                List.of(),
                InputScaling.ChannelOrder.BGR,
                255,
                List.of("relu1", "relu2")));
    assertThat(parse(ConfigurationText.of(options))).isEqualTo(options);
  }

  @Test
  void whatANetworkOfAFileCannotHaveIsRefused() {
    String text = "network: {model: onnx, file: a.onnx%s}%n%s";
    assertThatThrownBy(() -> parse("network: {model: onnx}"))
        .hasMessageContaining(
            "line 1, column 1: network: expected a key file, the path of an ONNX");
    assertThatThrownBy(() -> parse("network: {model: onnx, file: a.pt}"))
        .hasMessageContaining(
            "network.file: expected the path of an ONNX file, *.onnx, got 'a.pt'");
    assertThatThrownBy(() -> parse(text.formatted("", "preprocess: {grey: false}")))
        .hasMessageContaining(
            "preprocess: expected no key but upright where network.model is onnx");
    assertThatThrownBy(
            () -> parse(text.formatted("", "features: {vocabularies: [{source: sift}]}")))
        .hasMessageContaining("expected a layer where network.model is onnx, got sift");
    assertThatThrownBy(
            () ->
                parse(
                    text.formatted(
                        ", layers: [a]",
                        "features: {vocabularies: [{source: layer2, codings: [maps]}]}")))
        .hasMessageContaining("source: expected layers from 1 to 1");
    assertThatThrownBy(() -> parse(text.formatted(", crop: 90, resize: 80", "")))
        .hasMessageContaining("network.crop: expected at most network.resize, 80, got 90");
  }

  @Test
  void mapsAreACodingWithoutWords() throws IOException {
    String text = "features: {vocabularies: [{codings: [%s]%s}]}";
    ExperimentOptions.Features both = parse(text.formatted("maps, soft", "")).features();
    assertThat(both.kernels()).containsExactly("layer1-maps", "layer1-soft");
    assertThat(both.learned()).isTrue();
    assertThat(both.vocabularies().get(0).wordCodings()).containsExactly(PyramidCode.SOFT);
    assertThat(parse(text.formatted("maps", "")).features().learned()).isFalse();
    assertThatThrownBy(() -> parse(text.formatted("maps", ", activations: 5")))
        .hasMessageContaining("codings: expected no maps where activations is above 0");
  }

  @Test
  void pixelsAreASourceWithKeysOfTheirOwn() throws IOException {
    ExperimentOptions options =
        parse(
            "features: {vocabularies: [{source: patches, codings: [maps]}, {name: wide, source:"
                + " patches, longestSide: 90, atoms: 20, sparsity: 3, rounds: 9, signs: apart,"
                + " patch: 36, step: 12, cells: 6}]}");
    assertThat(options.features().vocabularies())
        .extracting(Vocabulary::pixels)
        .containsExactly(
            PixelOptions.DEFAULTS, new PixelOptions(90, new PursuitOptions(20, 3, 9, Signs.APART)));
    assertThat(options.features().kernels()).containsExactly("patches-maps", "wide-hard");
    assertThat(options.features().learned()).isTrue();
    assertThat(options.preprocessor().getPlainSides()).containsExactly(90, 300);
    assertThat(options.preprocessor().getLongestSide()).isEqualTo(150);
    assertThat(parse(ConfigurationText.of(options))).isEqualTo(options);
  }

  @Test
  void keysOfPixelsThatDoNotFitAreRefused() {
    String text = "features: {vocabularies: [{source: %s, %s}]}";
    for (String key : List.of("longestSide: 200", "atoms: 9", "signs: apart", "rounds: 3")) {
      assertThatThrownBy(() -> parse(text.formatted("layer1", key)))
          .hasMessageContaining("features.vocabularies[0].source: expected patches where ")
          .hasMessageContaining("got layer1");
    }
    assertThatThrownBy(() -> parse(text.formatted("patches", "step: 6")))
        .hasMessageContaining("step: expected a multiple of a cell's side, patch / cells = 4")
        .hasMessageContaining("got 6");
    assertThatThrownBy(() -> parse(text.formatted("patches", "activations: 5")))
        .hasMessageContaining("activations: expected 0");
    assertThatThrownBy(() -> parse(text.formatted("patches", "atoms: 1")))
        .hasMessageContaining("atoms: expected from 2 to 1024, got 1");
    assertThatThrownBy(() -> parse(text.formatted("patches", "longestSide: 0")))
        .hasMessageContaining("longestSide: expected at least 1, got 0");
    assertThatThrownBy(() -> parse(text.formatted("patches", "signs: mixed")))
        .hasMessageContaining("together or apart");
    assertThatThrownBy(
            () ->
                parse(
                    "network: {model: onnx, file: a.onnx}\n"
                        + text.formatted("patches", "words: 9")))
        .hasMessageContaining("expected a layer where network.model is onnx, got patches");
  }

  /** Their maps would not reach the image's first patch; found before anything is learned. */
  @Test
  void filtersInsideTheImageAreNoLargerThanAPatch() throws IOException {
    String large = "network: {model: csc, atoms: [{maps: 4, side: 17}], boundary: %s}";
    assertThatThrownBy(() -> parse(large.formatted("full")))
        .hasMessageContaining("features.vocabularies[0].patch: expected at least 17")
        .hasMessageContaining("got 16");
    assertThat(parse(large.formatted("circular")).network().mapsLack()).isZero();
    assertThatThrownBy(() -> parse("network: {model: patches, side: 17}"))
        .hasMessageContaining("features.vocabularies[0].patch: expected at least 17");
  }

  @Test
  void brokenYamlNamesTheLine() throws IOException {
    assertRefused("seed: 1", "seed: 1: 2", "my.yaml, line 1, column 8", "not valid YAML");
  }

  /** Where and how each mistake is told: the whole line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "longestSide | longestSyde | line 8, column 3: preprocess.longestSyde: unknown key; expected one of border, deviation, deviationFloor, grey, localContrast, longestSide, padToSquare, sigma, subtractMean, upright, window; did you mean longestSide?",
        "longestSide: 150 | longestSide: 100.7 | line 8, column 3: preprocess.longestSide: expected a whole number, got 100.7",
        "longestSide: 150 | longestSide: -1 | line 8, column 3: preprocess.longestSide (0 keeps the size): expected at least 0, got -1",
        "lambda: 2, | lamda: 2, | line 28, column 59: network.layers[0].lamda: unknown key; expected one of epochs, filterSide, iterations, lambda, maps, poolMaps, poolSide, step; did you mean lambda?",
        "lambda: 2, | lambda: .nan, | line 28, column 59: network.layers[0].lambda: expected a number, got .nan",
        "lambda: 2, | lambda: 2, lambda: 3, | line 28, column 70: network.layers[0].lambda: expected each key once, got it also in line 28, column 59; remove one",
        "poolMaps: 2, | poolMaps: 0, | line 29, column 46: network.layers[1].poolMaps: expected at least 1, got 0",
        "folds: 3 | folds: 1 | line 40, column 3: classifier.folds: expected at least 2, got 1",
        "c: [] | c: [10, 0] | line 39, column 11: classifier.c[1]: expected a positive number, got 0.0",
        "patch: 16 | patch: 15 | line 35, column 70: features.vocabularies[0].patch: expected a multiple of 4 cells, got 15",
        "levels: 3 | levels: 9 | line 35, column 194: features.vocabularies[0].levels: expected at most 8, got 9",
      })
  void aMistakeIsToldByItsLineKeyAndRemedy(String replace, String by, String told)
      throws IOException {
    String changed = TinyConfig.changed(TinyConfig.shipped("quickstart.yaml"), replace, by);
    assertThatThrownBy(() -> parse(changed))
        .isInstanceOf(ConfigException.class)
        .hasMessage("config my.yaml, " + told);
  }

  @Test
  void aConfigurationThatValidatesNeedsAnImageToTestWith() throws IOException {
    String one =
        TinyConfig.changed(
            TinyConfig.shipped("quickstart.yaml"), "trainPerClass: 20", "trainPerClass: 1");
    assertThat(parse(one).split().trainPerClass()).isEqualTo(1);
    assertThatThrownBy(() -> parse(TinyConfig.changed(one, "validate: false", "validate: true")))
        .hasMessageContaining("split.trainPerClass, where validate is true: expected at least 2");
  }

  private static void assertRefused(String replace, String by, String... saying)
      throws IOException {
    String changed = TinyConfig.changed(TinyConfig.shipped("quickstart.yaml"), replace, by);
    var refused = assertThatThrownBy(() -> parse(changed));
    for (String part : saying) {
      refused.hasMessageContaining(part);
    }
  }

  private static ExperimentOptions parse(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ConfigLoader.parse("my.yaml", new ByteArrayInputStream(bytes));
  }
}
