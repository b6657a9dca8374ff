package org.deconvnet.spark.experiment;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.tensor.Checks;

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

  /**
   * @param exclude class folders to leave out
   * @param maxPixels larger images are refused undecoded
   * @param onBadImage {@code skip} counts and names them, {@code fail} stops the run
   */
  public record Corpus(Set<String> exclude, long maxPixels, OnBadImage onBadImage)
      implements Serializable {
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
   * @param layers layers whose pyramids are joined; joining adds their kernels; empty: no features
   *     and no classifier
   * @param patch pixels of a descriptor's side
   * @param step pixels between descriptors
   * @param cells cells along a descriptor's side
   * @param clip largest entry of a normalised descriptor
   * @param vocabulary words of the codebook
   * @param descriptors descriptors that K-means learns from
   * @param images training images that they come from
   * @param kmeansIterations Lloyd steps
   * @param coding {@code hard} or {@code soft}
   * @param levels levels of the pyramid: 3 gives 1 + 4 + 16 cells
   */
  public record Features(
      List<Integer> layers,
      int patch,
      int step,
      int cells,
      double clip,
      int vocabulary,
      int descriptors,
      int images,
      int kmeansIterations,
      String coding,
      int levels)
      implements Serializable {
    public Features {
      layers = List.copyOf(layers);
      if (!List.of("hard", "soft").contains(coding)) {
        throw new IllegalArgumentException(
            "features.coding: expected hard or soft, got '%s'".formatted(coding));
      }
    }
  }

  /**
   * @param kind {@code exact} kernel SVM, {@code approximate} feature map with linear SVM, or
   *     {@code auto}: exact up to {@link #LARGEST_EXACT} training images
   * @param c penalty of the SVM
   */
  public record Classifier(String kind, double c) implements Serializable {
    /** The Gram matrix of so many images takes 100 MB; it grows with their square. */
    public static final int LARGEST_EXACT = 5000;

    public Classifier {
      Checks.positive("classifier.c", c);
      if (!List.of("auto", "exact", "approximate").contains(kind)) {
        throw new IllegalArgumentException(
            "classifier.kind: expected auto, exact or approximate, got '%s'".formatted(kind));
      }
    }
  }

  /**
   * @param trainPerClass training images of each class
   * @param mostTestPerClass test images of each class at most
   * @param splits random splits
   * @param baseline also report a linear classifier on raw pixels
   */
  public record Split(int trainPerClass, int mostTestPerClass, int splits, boolean baseline)
      implements Serializable {
    public Split {
      Checks.atLeast("split.trainPerClass", 1, trainPerClass);
      Checks.atLeast("split.mostTestPerClass", 1, mostTestPerClass);
      Checks.atLeast("split.splits", 1, splits);
    }
  }

  public ExperimentOptions {
    network.requireFit(preprocess.grey() ? 1 : 3);
    for (int layer : features.layers()) {
      if (layer < 1 || layer > network.depth()) {
        throw new IllegalArgumentException(
            "features.layers: expected layers from 1 to %d, got %d"
                .formatted(network.depth(), layer));
      }
    }
  }

  /** The stage that decodes and normalises images as these options say. */
  ImagePreprocessor preprocessor() {
    return new ImagePreprocessor()
        .setOptions(preprocess)
        .setMaxPixels(corpus.maxPixels())
        .setLeastSide(network.leastSide());
  }

  public ExperimentOptions withSeed(long newSeed) {
    return new ExperimentOptions(newSeed, corpus, preprocess, network, features, classifier, split);
  }

  public ExperimentOptions withSplit(Split newSplit) {
    return new ExperimentOptions(seed, corpus, preprocess, network, features, classifier, newSplit);
  }
}
