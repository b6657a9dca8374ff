package org.deconvnet.spark.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deconvnet.classify.LinearSvm;
import org.deconvnet.classify.SvmOptions;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.spark.ml.ImageCrop;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/** Everything that decides a run, as its configuration file says it. Immutable and validated. */
public record ExperimentOptions(
    long seed,
    Corpus corpus,
    PreprocessOptions preprocess,
    NetworkSettings network,
    Features features,
    Classifier classifier,
    Split split)
    implements Serializable {
  /** A layer of 2011, a codebook of its responses, 30 training images a class, one split. */
  public static final ExperimentOptions DEFAULTS =
      new ExperimentOptions(
          1,
          Corpus.DEFAULTS,
          PreprocessOptions.DEFAULTS,
          AdaptiveSettings.DEFAULTS,
          Features.DEFAULTS,
          Classifier.DEFAULTS,
          Split.DEFAULTS);

  /**
   * @param exclude class folders to leave out
   * @param maxPixels larger images are refused undecoded
   * @param onBadImage {@code skip} counts and names them, {@code fail} stops the run
   */
  public record Corpus(Set<String> exclude, long maxPixels, OnBadImage onBadImage)
      implements Serializable {
    public static final Corpus DEFAULTS =
        new Corpus(Set.of(), DecodeLimits.DEFAULT.maxPixels(), OnBadImage.SKIP);

    public Corpus {
      exclude = Set.copyOf(exclude);
      Checks.positive("corpus.maxPixels", (double) maxPixels);
    }
  }

  /** What to do with a file that is no usable image. */
  public enum OnBadImage {
    SKIP,
    FAIL
  }

  /**
   * What images are compared by.
   *
   * @param descriptors descriptors that each vocabulary is learned from
   * @param images training images that they come from
   * @param kmeansIterations Lloyd steps at most
   * @param vocabularies empty: no features and no classifier
   */
  public record Features(
      int descriptors, int images, int kmeansIterations, List<Vocabulary> vocabularies)
      implements Serializable {
    public static final Features DEFAULTS =
        new Features(
            100_000, 600, EstimatorDefaults.KMEANS_ITERATIONS, List.of(Vocabulary.DEFAULTS));

    public Features {
      vocabularies = List.copyOf(vocabularies);
      Checks.atLeast("features.descriptors", 1, descriptors);
      Checks.atLeast("features.images", 0, images);
      Checks.atLeast("features.kmeansIterations", 1, kmeansIterations);
      if (vocabularies.stream().map(Vocabulary::name).distinct().count() < vocabularies.size()) {
        throw new UserErrorException(
            "features.vocabularies: expected different names, got "
                + vocabularies.stream().map(Vocabulary::name).toList());
      }
    }

    /** Whether words, or atoms of pixels, are learned from images. */
    public boolean learned() {
      return vocabularies.stream().anyMatch(v -> v.patches() || !v.wordCodings().isEmpty());
    }

    /** Longest sides of the grey images that atoms of pixels are learned for, ascending. */
    public int[] plainSides() {
      return vocabularies.stream()
          .filter(Vocabulary::patches)
          .mapToInt(vocabulary -> vocabulary.pixels().longestSide())
          .distinct()
          .sorted()
          .toArray();
    }

    /**
     * Refuses vocabularies of layers that a network does not have, or whose maps are too small to
     * describe patches of the image by.
     *
     * @throws UserErrorException naming the key
     */
    public void requireFit(CnnNetwork network) {
      for (int i = 0; i < vocabularies.size(); i++) {
        vocabularies.get(i).requireFit("features.vocabularies[%d]".formatted(i), network);
      }
    }

    /** Names of all kernels, in order. */
    public List<String> kernels() {
      return vocabularies.stream().flatMap(v -> v.kernels().stream()).toList();
    }

    /** The code behind a kernel's name. */
    public PyramidCode code(String kernel) {
      return vocabularies.stream()
          .flatMap(v -> v.codings().stream().filter(c -> v.kernel(c).equals(kernel)))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * @param kind {@code exact} kernel SVM, {@code approximate} feature map with linear SVM, {@code
   *     linear} SVM, or {@code auto}: exact up to {@link #LARGEST_EXACT} training images, then
   *     approximate for histograms and linear for the rest
   * @param c candidates for the SVM's penalty; several: cross-validation on training images
   *     chooses; none: {@link #candidates()} and {@link #linearC()} say what is taken
   * @param folds of the cross-validation
   * @param combinations weights of kernels in a sum, by name: each is tested; the first is what
   *     {@code train} keeps. None: each kernel alone
   */
  public record Classifier(
      String kind, List<Double> c, int folds, List<Map<String, Double>> combinations)
      implements Serializable {
    /** The Gram matrix of so many images takes 100 MB; it grows with their square. */
    public static final int LARGEST_EXACT = 5000;

    public static final Classifier DEFAULTS =
        new Classifier("auto", List.of(), EstimatorDefaults.FOLDS, List.of());

    public Classifier {
      c = List.copyOf(c);
      combinations = combinations.stream().map(ExperimentOptions::inOrder).toList();
      for (int i = 0; i < c.size(); i++) {
        Checks.positive("classifier.c[%d]".formatted(i), c.get(i));
      }
      Checks.atLeast("classifier.folds", 2, folds);
      if (!List.of("auto", "exact", "approximate", "linear").contains(kind)) {
        throw new UserErrorException(
            "classifier.kind: expected auto, exact, approximate or linear, got '%s'"
                .formatted(kind));
      }
      if (c.size() > 1 && List.of("approximate", "linear").contains(kind)) {
        throw new UserErrorException(
            "classifier.c: expected one candidate where classifier.kind is %s, got %s"
                .formatted(kind, c));
      }
    }

    /** With each kernel alone, where there are no combinations. */
    Classifier orEachAlone(List<String> kernels) {
      return combinations.isEmpty()
          ? new Classifier(
              kind, c, folds, kernels.stream().map(kernel -> Map.of(kernel, 1.0)).toList())
          : this;
    }

    /**
     * Whether training on more images than the kernel machines take is by linear machines on the
     * pyramids as they are.
     *
     * @param histograms whether all kernels of the combination compare histograms
     */
    public boolean linear(boolean histograms) {
      return kind.equals("linear") || (kind.equals("auto") && !histograms);
    }

    /** Candidates for machines on kernels of mean diagonal 1. */
    public List<Double> candidates() {
      return c.isEmpty() ? List.of(SvmOptions.DEFAULTS.c()) : c;
    }

    /** The penalty of linear machines on pyramids of mean squared length 1. */
    public double linearC() {
      return c.isEmpty() ? LinearSvm.C : c.get(0);
    }

    /** Whether so many training images get the kernel machines. */
    public boolean exact(long images) {
      return kind.equals("exact") || (kind.equals("auto") && images <= LARGEST_EXACT);
    }
  }

  /**
   * @param trainPerClass training images of each class
   * @param mostTestPerClass test images of each class at most
   * @param splits random splits
   * @param networkPerSplit learn the network anew on each split's training images; if not, the
   *     first split's serve all
   * @param wordsPerSplit learn the codebooks anew on each split's training images; if not, the
   *     first split's serve all, so an image's pyramids are made once
   * @param validate test on a third of the training images and leave the test images alone: for
   *     choosing settings
   * @param baseline also report a linear classifier on raw pixels
   */
  public record Split(
      int trainPerClass,
      int mostTestPerClass,
      int splits,
      boolean networkPerSplit,
      boolean wordsPerSplit,
      boolean validate,
      boolean baseline)
      implements Serializable {
    public static final Split DEFAULTS = new Split(30, 50, 1, true, true, false, false);

    public Split {
      Checks.atLeast("split.trainPerClass", 1, trainPerClass);
      Checks.atLeast("split.mostTestPerClass", 1, mostTestPerClass);
      Checks.atLeast("split.splits", 1, splits);
      if (networkPerSplit && !wordsPerSplit) {
        throw new UserErrorException(
            "split: expected wordsPerSplit true where networkPerSplit is: words are of one network; write networkPerSplit: false as well");
      }
      if (validate) {
        // One of them tests.
        Checks.atLeast("split.trainPerClass, where validate is true", 2, trainPerClass);
      }
    }
  }

  public ExperimentOptions {
    network.requireFit(preprocess);
    List<Vocabulary> vocabularies = features.vocabularies();
    for (int i = 0; i < vocabularies.size(); i++) {
      vocabularies
          .get(i)
          .requireFit("features.vocabularies[%d]".formatted(i), network, preprocess.grey());
    }
    classifier = classifier.orEachAlone(features.kernels());
    checkCombinations(features, classifier);
  }

  private static void checkCombinations(Features features, Classifier classifier) {
    for (int i = 0; i < classifier.combinations().size(); i++) {
      checkCombination(
          "classifier.combinations[%d]".formatted(i),
          classifier.combinations().get(i),
          features.kernels());
    }
  }

  /**
   * @param key for messages
   */
  private static void checkCombination(
      String key, Map<String, Double> combination, List<String> kernels) {
    Checks.atLeast(key + ": kernels", 1, combination.size());
    combination.forEach(
        (kernel, weight) -> {
          Checks.positive(key + "." + kernel + ": weight", weight);
          if (!kernels.contains(kernel)) {
            throw new UserErrorException(
                "%s.%s: expected kernels among %s, got '%s'"
                    .formatted(key, kernel, kernels, kernel));
          }
        });
  }

  /** Unmodifiable, in the order of the configuration. */
  private static Map<String, Double> inOrder(Map<String, Double> weights) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /**
   * The stage that decodes and normalises images as these options say, for a network that is
   * learned.
   */
  public ImagePreprocessor preprocessor() {
    return new ImagePreprocessor()
        .setOptions(preprocess)
        .setPlainCol(features.vocabularies().stream().anyMatch(Vocabulary::sift) ? "plain" : "")
        .setPlainSides(features.plainSides())
        .setMaxPixels(corpus.maxPixels())
        .setLeastSide(network.learned().leastSide());
  }

  /** The stage that decodes images for a network of a file, as these options say. */
  public ImageCrop crop(OnnxNetwork network) {
    return network.crop().setUpright(preprocess.upright()).setMaxPixels(corpus.maxPixels());
  }

  public ExperimentOptions withSeed(long newSeed) {
    return new ExperimentOptions(newSeed, corpus, preprocess, network, features, classifier, split);
  }

  /** The same run on another engine. */
  public ExperimentOptions withEngine(String engine) {
    return new ExperimentOptions(
        seed, corpus, preprocess, network.withEngine(engine), features, classifier, split);
  }

  public ExperimentOptions withSplit(Split newSplit) {
    return new ExperimentOptions(seed, corpus, preprocess, network, features, classifier, newSplit);
  }

  /** The same network, with another configuration's features and seed, each kernel alone. */
  public ExperimentOptions learningFeaturesAs(ExperimentOptions other) {
    return new ExperimentOptions(
        other.seed,
        corpus,
        preprocess,
        network,
        other.features,
        new Classifier(classifier.kind(), classifier.c(), classifier.folds(), List.of()),
        split);
  }

  /** Other vocabularies, each kernel tested alone. */
  public ExperimentOptions withFeatures(List<Vocabulary> vocabularies) {
    Features fewer =
        new Features(
            features.descriptors(), features.images(), features.kmeansIterations(), vocabularies);
    return new ExperimentOptions(
        seed,
        corpus,
        preprocess,
        network,
        fewer,
        new Classifier(classifier.kind(), classifier.c(), classifier.folds(), List.of()),
        split);
  }
}
