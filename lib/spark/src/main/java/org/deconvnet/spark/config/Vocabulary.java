package org.deconvnet.spark.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.deconvnet.describe.CellDescriptors;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.describe.DescriptorWeights;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.pyramid.PyramidOptions;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * One codebook and the pyramids made with it, a kernel for each coding: {@code name-coding}.
 *
 * @param name of letters, digits and underscores
 * @param source {@code layer1}, {@code layer2}, …; {@code patches}: pixels coded by atoms learned
 *     for them; or {@code sift}: the hand-made feature, for comparison
 * @param activations 0: the layer's whole response on a dense grid; M &gt; 0: its M strongest
 *     activations, each reconstructed alone, as in the 2011 paper
 * @param weights of an activation's descriptors; alike on a dense grid
 * @param descriptors patches that are described, and how
 * @param pixels how pixels are coded; the defaults for any other source than {@code patches}
 * @param words words of the codebook, from 2 to 32,768
 * @param pyramid its levels
 * @param codings each makes a kernel
 */
public record Vocabulary(
    String name,
    String source,
    int activations,
    DescriptorWeights weights,
    DescriptorOptions descriptors,
    PixelOptions pixels,
    int words,
    PyramidOptions pyramid,
    List<PyramidCode> codings)
    implements Serializable {
  /** Layer 1 on a dense grid, by hard coding. */
  public static final Vocabulary DEFAULTS =
      new Vocabulary(
          "layer1",
          "layer1",
          0,
          DescriptorWeights.ALIKE,
          DescriptorOptions.DEFAULTS,
          PixelOptions.DEFAULTS,
          EstimatorDefaults.WORDS,
          PyramidOptions.DEFAULTS,
          List.of(PyramidCode.HARD));

  /** Sparse and locality-constrained coding hold a number for each pair of words: 4 GB of them. */
  private static final int MOST_WORDS = 32_768;

  private static final String SIFT = "sift";
  private static final String PATCHES = "patches";
  private static final String LAYER = "layer";

  public Vocabulary {
    codings = List.copyOf(codings);
    // Before the name, which is the source where none is given.
    if (!List.of(SIFT, PATCHES).contains(source) && !source.matches(LAYER + "[1-9]\\d?")) {
      throw new UserErrorException(
          "%s.source: expected sift, patches or layer1, layer2, …, got '%s'"
              .formatted(name, source));
    }
    if (!name.matches("\\w+")) {
      throw new UserErrorException(
          "features.vocabularies: expected a name of letters, digits and underscores, got '%s'"
              .formatted(name));
    }
    if (source.equals(PATCHES)) {
      CellDescriptors.requireCells(name + ".step", descriptors);
    } else if (!pixels.equals(PixelOptions.DEFAULTS)) {
      throw new UserErrorException(
          ("%s.source: expected patches where longestSide, atoms, sparsity, rounds or signs is"
                  + " given, got %s")
              .formatted(name, source));
    }
    Checks.atLeast(name + ".activations", 0, activations);
    if (activations == 0 && weights != DescriptorWeights.ALIKE) {
      throw new UserErrorException(
          ("%s.weights: expected alike where activations is 0, got %s: only descriptors of single"
                  + " activations are weighted; set activations above 0")
              .formatted(name, weights.name().toLowerCase(Locale.ROOT)));
    }
    Checks.between(name + ".words", 2, MOST_WORDS, words);
    Checks.atLeast(name + ".codings", 1, codings.size());
    if (codings.stream().distinct().count() < codings.size()) {
      throw new UserErrorException(
          "%s.codings: expected different ones, got %s".formatted(name, codings));
    }
    if (activations > 0 && codings.contains(PyramidCode.MAPS)) {
      throw new UserErrorException(
          "%s.codings: expected no maps where activations is above 0, got %s: maps are pooled whole; give them a vocabulary of their own"
              .formatted(name, codings));
    }
  }

  @JsonIgnore
  public boolean sift() {
    return source.equals(SIFT);
  }

  /** Whether pixels are coded by atoms that are learned for them. */
  @JsonIgnore
  public boolean patches() {
    return source.equals(PATCHES);
  }

  /** The layer's number; 0 for none. */
  public int layer() {
    return ofLayer() ? Integer.parseInt(source.substring(LAYER.length())) : 0;
  }

  private boolean ofLayer() {
    return source.startsWith(LAYER);
  }

  /** Whether a layer's maps are described on a dense grid. */
  @JsonIgnore
  public boolean dense() {
    return ofLayer() && activations == 0;
  }

  /** The column that the encoder reads. */
  public String column() {
    if (patches()) {
      return name + "Cells";
    }
    return activations == 0 ? source : name + "Descriptors";
  }

  /** The column of the images that the encoder's maps belong to. */
  @JsonIgnore
  public String imageColumn() {
    if (patches()) {
      return ImagePreprocessor.plainColOf(pixels.longestSide());
    }
    return sift() ? "plain" : "image";
  }

  /** The name of a coding's kernel. */
  public String kernel(PyramidCode coding) {
    return name + "-" + coding;
  }

  /** One a coding. */
  public List<String> kernels() {
    return codings.stream().map(this::kernel).toList();
  }

  /** Those of its codings that need words. */
  public List<PyramidCode> wordCodings() {
    return codings.stream().filter(PyramidCode::byWords).toList();
  }

  /** Whether a kernel is of the maps themselves. */
  public boolean pools() {
    return codings.contains(PyramidCode.MAPS);
  }

  /** The same codebook with a single coding. */
  public Vocabulary withFirstCoding() {
    return new Vocabulary(
        name,
        source,
        activations,
        weights,
        descriptors,
        pixels,
        words,
        pyramid,
        List.of(codings.get(0)));
  }

  /**
   * @param key of this vocabulary, for messages
   */
  void requireFit(String key, NetworkSettings network, boolean grey) {
    if (activations > 0 && (!ofLayer() || !network.describesActivations())) {
      throw new UserErrorException(
          "%s.activations: expected 0, since only layers of network.model adn have single activations described, got %d"
              .formatted(key, activations));
    }
    network.knownDepth().ifPresent(depth -> requireLayer(key, depth));
    if (!ofLayer() && !network.keepsPlainImages()) {
      throw new UserErrorException(
          "%s.source: expected a layer where network.model is %s, got %s"
              .formatted(key, network.family(), source));
    }
    if (ofLayer() && !wordCodings().isEmpty() && descriptors.patch() <= network.mapsLack()) {
      throw new UserErrorException(
          "%s.patch: expected at least %d, the rows of a filter or window inside the image, got %d"
              .formatted(key, network.mapsLack() + 1, descriptors.patch()));
    }
    if (sift() && !grey) {
      throw new UserErrorException(
          "%s.source: sift describes grey images; expected preprocess.grey true, got false"
              .formatted(key));
    }
  }

  /**
   * @param key of this vocabulary, for messages
   */
  void requireFit(String key, CnnNetwork network) {
    requireLayer(key, network.depth());
    Shape maps = network.shape(layer());
    Shape image = network.imageShape();
    int lack = Math.max(image.height() - maps.height(), image.width() - maps.width());
    if (!wordCodings().isEmpty() && lack >= descriptors.patch()) {
      throw new UserErrorException(
          "%s.codings: expected maps alone for %s, since its maps of %d x %d are too small to describe patches of an image of %d x %d by words, got %s"
              .formatted(
                  key,
                  source,
                  maps.height(),
                  maps.width(),
                  image.height(),
                  image.width(),
                  codings));
    }
  }

  /** Refuses a layer that a network of so many does not have. */
  private void requireLayer(String key, int depth) {
    if (layer() > depth) {
      throw new UserErrorException(
          "%s.source: expected layers from 1 to %d, which the network has, got %s"
              .formatted(key, depth, source));
    }
  }
}
