package org.deconvnet.spark.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.OptionException;
import org.deconvnet.spark.config.Vocabulary;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.OrientedGradientMaps;
import org.deconvnet.spark.ml.PixelPursuitModel;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Pipelines;
import org.deconvnet.spark.store.Progress;

/**
 * The stages that turn preprocessed images into pyramids, and where their words come from: an
 * earlier extraction, the model, or the images at hand.
 *
 * @param stages the network and all encoders
 * @param origin for people and for {@code metrics.json}
 * @param learned whether from the images at hand
 */
record PyramidWords(List<Transformer> stages, String origin, boolean learned) {
  /** Name of the folder that keeps words which were learned. */
  static final String FOLDER = "words";

  /** No words: they must be learned. */
  static final PyramidWords NONE = new PyramidWords(List.of(), "none", false);

  PyramidWords {
    stages = List.copyOf(stages);
  }

  /** Words that an earlier extraction learned; refused if it was with another network. */
  static PyramidWords given(OutputFolder earlier, LayeredModel<?, ?> network) {
    if (!earlier.has(FOLDER)) {
      throw new OptionException(
          "--words %s: expected what 'extract --pyramids' wrote after it learned words, got no folder %s there"
              .formatted(earlier.display(), FOLDER));
    }
    List<Transformer> stages = Pipelines.read(earlier.path(FOLDER));
    String expected = network.network().fingerprint();
    String got = networkOf(stages).network().fingerprint();
    if (!got.equals(expected)) {
      throw new OptionException(
          "--words %s: expected words for the model's network %s, got some for %s; give that model, or learn words anew"
              .formatted(earlier.display(), expected, got));
    }
    return new PyramidWords(stages, earlier.path(), false);
  }

  private static LayeredModel<?, ?> networkOf(List<Transformer> stages) {
    return stages.stream()
        .filter(LayeredModel.class::isInstance)
        .map(stage -> (LayeredModel<?, ?>) stage)
        .findFirst()
        .orElseThrow();
  }

  /** Words of the model, or none. */
  static PyramidWords of(ModelFolder model) {
    return new PyramidWords(model.pyramids(), "model", false);
  }

  /**
   * What words are learned by: the vocabularies that are given, or the model's own.
   *
   * @param parse reads a configuration
   */
  static ExperimentOptions options(
      ModelFolder model, ExtractionOptions options, Function<String, ExperimentOptions> parse) {
    Optional<ExperimentOptions> own = model.configuration().map(parse);
    ExperimentOptions chosen =
        options
            .vocabularies()
            .map(given -> own.map(o -> o.learningFeaturesAs(given)).orElse(given))
            .or(() -> own)
            .orElseThrow(
                () ->
                    new OptionException(
                        "--pyramids: expected a model that says how words are learned, got one of"
                            + " an older program; give a configuration by --config"));
    if (chosen.features().vocabularies().isEmpty()) {
      throw new OptionException(
          "--pyramids: expected features.vocabularies in the model's configuration, got none; give"
              + " a configuration that has some by --config");
    }
    return options.seed().map(chosen::withSeed).orElse(chosen);
  }

  /**
   * Whether dense SIFT is among what words are of, which takes images as they are.
   *
   * @param learning what words are learned by; null if they are given
   */
  static boolean needPlainImages(PyramidWords given, ExperimentOptions learning) {
    return learning == null
        ? given.stages().stream().anyMatch(OrientedGradientMaps.class::isInstance)
        : learning.features().vocabularies().stream().anyMatch(Vocabulary::sift);
  }

  /**
   * Longest sides of the grey images that words are of, beside the network's own.
   *
   * @param learning as above
   */
  static int[] plainSides(PyramidWords given, ExperimentOptions learning) {
    return learning == null
        ? given.stages().stream()
            .filter(PixelPursuitModel.class::isInstance)
            .map(stage -> ((PixelPursuitModel) stage).getInputCol())
            .flatMapToInt(column -> ImagePreprocessor.plainSideOf(column).stream())
            .distinct()
            .sorted()
            .toArray()
        : learning.features().plainSides();
  }

  /** Learns words from these images, as {@code train} does. */
  static PyramidWords learn(
      ExperimentOptions options,
      LayeredModel<?, ?> network,
      Dataset<Row> images,
      int partitions,
      Progress progress) {
    FeatureLearning learning = new FeatureLearning(options, partitions, progress);
    return new PyramidWords(
        progress.stage(
            "codebook",
            "learning the words",
            () ->
                learning.features(network, network.network(), images, FeatureLearning.ids(images))),
        "these images",
        true);
  }

  /** Keeps learned words for {@link #given}. */
  void write(OutputFolder output) {
    try {
      Pipelines.of(FOLDER, stages).write().save(output.path(FOLDER));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "words %s: %s".formatted(output.path(FOLDER), e.getMessage()), e);
    }
  }
}
