package org.deconvnet.spark.evaluate;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.network.Layers;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.Vocabulary;
import org.deconvnet.spark.corpus.CorpusSplit;
import org.deconvnet.spark.corpus.CorpusSplit.Role;
import org.deconvnet.spark.exec.AblationErrors.LayerFit;
import org.deconvnet.spark.ml.AblatedMaps;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.spark.store.StageCache;
import org.deconvnet.spark.store.StageKey;

/**
 * Accuracy of each layer alone, its maps carried down as an ablation says. A layer is described by
 * the configuration's first vocabulary on a dense grid of it, in that vocabulary's first coding.
 */
public final class AblationAccuracy {
  /** Below so many non-zeros an image there is nothing to learn words from. */
  private static final double LEAST = 1;

  private final ExperimentOptions options;
  private final int partitions;
  private final List<String> classes;
  private final StageCache cache;
  private final Progress progress;

  /** By layer. */
  private final Map<Integer, Vocabulary> vocabularies = new TreeMap<>();

  public AblationAccuracy(
      ExperimentOptions options,
      int partitions,
      List<String> classes,
      StageCache cache,
      Progress progress) {
    for (Vocabulary vocabulary : options.features().vocabularies()) {
      if (vocabulary.dense()) {
        vocabularies.putIfAbsent(vocabulary.layer(), vocabulary.withFirstCoding());
      }
    }
    this.options = options;
    this.partitions = partitions;
    this.classes = classes;
    this.cache = cache;
    this.progress = progress;
  }

  /** The kernel of each layer that a vocabulary describes. */
  public Map<Integer, String> kernels() {
    Map<Integer, String> kernels = new TreeMap<>();
    vocabularies.forEach((layer, vocabulary) -> kernels.put(layer, kernel(vocabulary)));
    return kernels;
  }

  private static String kernel(Vocabulary vocabulary) {
    return vocabulary.kernels().get(0);
  }

  /**
   * @param network behind the ablation
   * @param fits of its layers: an empty one gives no rate
   * @param learned the network of the images themselves
   * @param pairs columns path, label, image and {@link AblatedMaps#ANOTHER}
   * @return mean of the classes' rates, by layer
   */
  public Map<Integer, Double> of(
      Ablation ablation,
      AdaptiveNetwork network,
      List<LayerFit> fits,
      Layers learned,
      Dataset<Row> pairs,
      CorpusSplit split,
      StageKey key) {
    NavigableMap<Integer, Vocabulary> described = described(fits);
    Map<Integer, Double> rates = new TreeMap<>();
    if (described.isEmpty()) {
      return rates;
    }
    progress.say("accuracy: " + ablation.title());
    String engine = options.network().engine();
    Map<String, SplitClassifier.Tested> tested =
        new SplitRun(
                options.withFeatures(List.copyOf(described.values())),
                partitions,
                classes,
                cache,
                progress)
            .run(
                pairs,
                split.ids(Role.TRAIN),
                split,
                new AblatedMaps(network.upTo(described.lastKey()), ablation, engine),
                learned,
                key.with("ablation", ablation, network.fingerprint()));
    described.forEach(
        (layer, vocabulary) -> {
          String name = SplitRun.name(Map.of(kernel(vocabulary), 1.0));
          rates.put(layer, tested.get(name).outcome().meanPerClassRate());
        });
    return rates;
  }

  /** The vocabularies of layers whose codes hold at least one entry an image, on average. */
  private NavigableMap<Integer, Vocabulary> described(List<LayerFit> fits) {
    NavigableMap<Integer, Vocabulary> described = new TreeMap<>(vocabularies);
    described.keySet().removeIf(layer -> fits.get(layer - 1).nonZeros() < LEAST);
    return described;
  }
}
