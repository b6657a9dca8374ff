package org.deconvnet.spark.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.OptionException;
import org.deconvnet.words.Count;

/**
 * What is extracted, and in which format.
 *
 * @param kind codes, or what is made of them
 * @param layers of codes and entries: numbers from 1, or names of an ONNX network's; empty for all
 * @param words an earlier extraction's folder, whose words pyramids are made with
 * @param vocabularies what words are learned by; empty: the model brings words, or says how
 * @param seed of words that are learned; empty: the configuration's
 */
public record ExtractionOptions(
    Kind kind,
    FeatureFormat format,
    List<String> layers,
    Optional<String> words,
    Optional<ExperimentOptions> vocabularies,
    Optional<Long> seed) {
  /** What is extracted. */
  public enum Kind {
    /** A row an image and layer: the code as one value. */
    CODES,
    /** A row a non-zero of a code. */
    ENTRIES,
    /** A vector an image, of one length for all. */
    PYRAMIDS
  }

  public ExtractionOptions {
    layers = List.copyOf(layers);
    if (Set.copyOf(layers).size() < layers.size()) {
      throw new OptionException("--layers: expected each layer once, got " + layers);
    }
    if (kind == Kind.PYRAMIDS) {
      requireForPyramids(format, layers, words, vocabularies);
    } else {
      requireForCodes(kind, format, words, vocabularies, seed);
    }
  }

  private static void requireForPyramids(
      FeatureFormat format,
      List<String> layers,
      Optional<String> words,
      Optional<ExperimentOptions> vocabularies) {
    if (format == FeatureFormat.NPZ) {
      throw new OptionException(
          "--format npz: expected --entries with it, got --pyramids, which are dense; take --format npy");
    }
    if (!layers.isEmpty()) {
      throw new OptionException(
          "--layers: expected none with --pyramids, got %s; features.vocabularies of a configuration says which layers pyramids are of"
              .formatted(layers));
    }
    if (words.isPresent() && vocabularies.isPresent()) {
      throw new OptionException(
          "--words, --config: expected one of them, got both: words are given or learned");
    }
  }

  private static void requireForCodes(
      Kind kind,
      FeatureFormat format,
      Optional<String> words,
      Optional<ExperimentOptions> vocabularies,
      Optional<Long> seed) {
    if (format == FeatureFormat.NPZ && kind == Kind.CODES) {
      throw new OptionException(
          "--format npz: expected --entries with it: maps, places and values of the non-zeros");
    }
    if (format != FeatureFormat.PARQUET && format != FeatureFormat.NPZ) {
      throw new OptionException(
          "--format %s: expected --pyramids with it, since codes differ in length from image to image; add --pyramids, or take --format parquet"
              .formatted(format.name().toLowerCase(Locale.ROOT)));
    }
    if (words.isPresent() || vocabularies.isPresent() || seed.isPresent()) {
      throw new OptionException(
          "--words, --config, --seed: expected --pyramids with them; codes need no words");
    }
  }

  /** The layers, once the model is known. */
  List<Integer> layersOf(int depth) {
    return layers.isEmpty()
        ? IntStream.rangeClosed(1, depth).boxed().toList()
        : layers.stream().map(layer -> number(layer, depth)).toList();
  }

  private static int number(String layer, int depth) {
    for (int number = 1; number <= depth; number++) {
      if (layer.equals(Integer.toString(number))) {
        return number;
      }
    }
    throw new OptionException(
        "--layers: expected layers from 1 to %d, since the model has %s, got %s"
            .formatted(depth, Count.of(depth, "layer"), layer));
  }
}
