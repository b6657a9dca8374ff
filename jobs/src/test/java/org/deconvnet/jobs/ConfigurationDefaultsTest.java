package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.deconvnet.dictionary.FilterNorm;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.spark.config.AdaptiveSettings;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.DeconvolutionalSettings;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.Vocabulary;
import org.deconvnet.spark.ml.AdaptiveDeconvolutionalNetwork;
import org.deconvnet.spark.ml.DeconvolutionalNetwork;
import org.deconvnet.spark.ml.IntersectionLinearClassifier;
import org.deconvnet.spark.ml.LinearPyramidClassifier;
import org.deconvnet.spark.ml.PyramidKernelClassifier;
import org.deconvnet.spark.ml.SpatialPyramidEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key is that a file does not have, and what a file is that has all of them. */
class ConfigurationDefaultsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n", "{}", "network: {}", "network: {model: adn}"})
  void whatIsNotSaidIsAsDocumented(String text) throws IOException {
    ExperimentOptions options = parse(text);
    assertThat(options).isEqualTo(ExperimentOptions.DEFAULTS);
    assertThat(options.seed()).isEqualTo(1);
    assertThat(options.corpus().maxPixels()).isEqualTo(DecodeLimits.DEFAULT.maxPixels());
    assertThat(options.network()).isEqualTo(AdaptiveSettings.DEFAULTS);
    assertThat(options.features().kernels()).containsExactly("layer1-hard");
    assertThat(options.classifier().combinations()).containsExactly(Map.of("layer1-hard", 1.0));
  }

  @Test
  void everyLayerHasTheSameDefaults() throws IOException {
    assertThat(((AdaptiveSettings) network("network: {layers: [{}, {maps: 50}]}")).layers())
        .first()
        .isEqualTo(AdaptiveOptions.DEFAULTS);
    DeconvolutionalSettings three =
        (DeconvolutionalSettings) network("network: {model: dn, layers: [{}, {}, {}]}");
    assertThat(three.layers()).hasSize(3).containsOnly(DeconvolutionalOptions.DEFAULTS);
    assertThat(three.images()).isZero();
  }

  @Test
  void whatTheNetworkSaysHoldsForAllItsLayers() throws IOException {
    assertThat(
            ((AdaptiveSettings)
                    network("network: {batchSize: 7, cgSteps: 5, layers: [{}, {lambda: 0.5}]}"))
                .layers())
        .allMatch(layer -> layer.batchSize() == 7 && layer.cgSteps() == 5);
    assertThat(
            ((DeconvolutionalSettings)
                    network("network: {model: dn, memory: 0.5, betas: [1, 2], layers: [{}, {}]}"))
                .layers())
        .allMatch(layer -> layer.memory() == 0.5 && layer.schedule().rounds() == 2);
  }

  @Test
  void layersThatDifferInWhatTheNetworkSaysAreRefused() {
    List<AdaptiveOptions> layers =
        List.of(
            AdaptiveOptions.DEFAULTS,
            AdaptiveOptions.DEFAULTS.with(3, 2, FilterNorm.FILTER, Shrinkage.PLAIN));
    assertThatThrownBy(() -> new AdaptiveSettings("auto", 0, layers))
        .hasMessage("network.layers: expected one batchSize for all layers, got [20, 3]");
  }

  @Test
  void aVocabularyIsCalledByItsSourceAndEachKernelIsTestedAlone() throws IOException {
    ExperimentOptions options =
        parse("features: {vocabularies: [{source: sift}, {codings: [llc, soft]}]}");
    assertThat(options.features().vocabularies())
        .extracting(Vocabulary::name)
        .containsExactly("sift", "layer1");
    assertThat(options.classifier().combinations())
        .containsExactly(
            Map.of("sift-hard", 1.0), Map.of("layer1-llc", 1.0), Map.of("layer1-soft", 1.0));
    assertThatThrownBy(() -> parse("features: {vocabularies: [{}, {}]}"))
        .hasMessageContaining("features.vocabularies: expected different names");
  }

  @Test
  void aLayerThatIsNotThereIsToldByTheKeyThatAsksForIt() {
    assertThatThrownBy(() -> parse("features: {vocabularies: [{source: layer2}]}"))
        .hasMessage(
            "config my.yaml, line 1, column 28: features.vocabularies[0].source: expected layers"
                + " from 1 to 1, which the network has, got layer2");
  }

  /** A vocabulary without a name has its source's. */
  @Test
  void aSourceThatIsNoNameEitherIsToldAsASource() {
    assertThatThrownBy(() -> parse("features: {vocabularies: [{source: layer-1}]}"))
        .hasMessageContaining("source: expected sift, patches or layer1, layer2, …, got 'layer-1'");
  }

  @Test
  void estimatorsHaveTheSameDefaults() {
    assertThat(new AdaptiveDeconvolutionalNetwork().toOptions())
        .containsExactly(AdaptiveOptions.DEFAULTS);
    assertThat(new DeconvolutionalNetwork().toOptions())
        .containsExactly(DeconvolutionalOptions.DEFAULTS);
    DeconvolutionalNetwork network = new DeconvolutionalNetwork();
    assertThat(defaultOf(network, network.passes()))
        .isEqualTo(DeconvolutionalSettings.DEFAULTS.passes());
  }

  @Test
  void theEncoderHasTheDefaultsOfAVocabulary() {
    SpatialPyramidEncoder encoder = new SpatialPyramidEncoder();
    Vocabulary vocabulary = Vocabulary.DEFAULTS;
    assertThat(defaultOf(encoder, encoder.vocabulary())).isEqualTo(vocabulary.words());
    assertThat(defaultOf(encoder, encoder.patch())).isEqualTo(vocabulary.descriptors().patch());
    assertThat(defaultOf(encoder, encoder.levels())).isEqualTo(vocabulary.pyramid().levels());
    assertThat((String[]) defaultOf(encoder, encoder.codings())).containsExactly("hard");
    assertThat(vocabulary.codings()).containsExactly(PyramidCode.HARD);
  }

  @Test
  void classifiersHaveTheSameDefaults() {
    PyramidKernelClassifier exact = new PyramidKernelClassifier();
    LinearPyramidClassifier linear = new LinearPyramidClassifier();
    IntersectionLinearClassifier approximate = new IntersectionLinearClassifier();
    ExperimentOptions.Classifier classifier = ExperimentOptions.Classifier.DEFAULTS;
    assertThat(defaultOf(exact, exact.folds())).isEqualTo(classifier.folds());
    assertThat((double[]) defaultOf(exact, exact.c())).containsExactly(10);
    assertThat(defaultOf(approximate, approximate.c())).isEqualTo(10.0);
    assertThat(defaultOf(linear, linear.c())).isEqualTo(classifier.linearC());
    assertThat(classifier.candidates()).containsExactly(10.0);
    assertThat(classifier.c()).isEmpty();
  }

  private static Object defaultOf(Params stage, Param<?> parameter) {
    return stage.getOrDefault(parameter);
  }

  @Test
  void anyNameOfAClassSurvivesTheText() throws IOException {
    Set<String> names =
        Set.of(
            "Zürich",
            "a b",
            "null",
            "~",
            "true",
            "101",
            "- x",
            "it's",
            "a\"b\\",
            "日本 😀",
            "\t\u007F#");
    ExperimentOptions d = ExperimentOptions.DEFAULTS;
    ExperimentOptions.Corpus corpus =
        new ExperimentOptions.Corpus(names, 7, ExperimentOptions.OnBadImage.FAIL);
    ExperimentOptions options =
        new ExperimentOptions(
            Long.MIN_VALUE,
            corpus,
            d.preprocess(),
            d.network(),
            d.features(),
            d.classifier(),
            d.split());
    assertThat(parse(ConfigurationText.of(options))).isEqualTo(options);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 0.1, 1.0 / 3, 100_000, 1e22, 1.7976931348623157E308})
  void anyNumberSurvivesTheText(double lambda) throws IOException {
    ExperimentOptions options = parse("network: {layers: [{lambda: %s}]}".formatted(lambda));
    assertThat(((AdaptiveSettings) options.network()).layers().get(0).lambda()).isEqualTo(lambda);
    assertThat(parse(ConfigurationText.of(options))).isEqualTo(options);
  }

  private static Object network(String text) throws IOException {
    return parse(text).network();
  }

  @Test
  void aNameOutOfAFewMayStandInQuotes() throws IOException {
    assertThat(parse("features: {vocabularies: [{codings: ['hard', \"llc\"]}]}"))
        .isEqualTo(parse("features: {vocabularies: [{codings: [hard, llc]}]}"));
  }

  private static ExperimentOptions parse(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ConfigLoader.parse("my.yaml", new ByteArrayInputStream(bytes));
  }
}
