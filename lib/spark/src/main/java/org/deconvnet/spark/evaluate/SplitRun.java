package org.deconvnet.spark.evaluate;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.network.Layers;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.CorpusSplit;
import org.deconvnet.spark.corpus.CorpusSplit.Role;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.spark.store.Pipelines;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.spark.store.StageCache;
import org.deconvnet.spark.store.StageKey;

/**
 * One random split: codebooks and classifiers are learned on its training images alone, and each
 * combination of kernels is tested.
 */
public final class SplitRun {
  private final ExperimentOptions options;
  private final int partitions;
  private final List<String> classes;
  private final StageCache cache;
  private final Progress progress;

  /**
   * @param options with the split's own seed
   * @param classes sorted names
   */
  public SplitRun(
      ExperimentOptions options,
      int partitions,
      List<String> classes,
      StageCache cache,
      Progress progress) {
    this.options = options;
    this.partitions = partitions;
    this.classes = classes;
    this.cache = cache;
    this.progress = progress;
  }

  /** The name of a combination in reports and metrics: {@code layer1-hard+0.5*layer4-hard}. */
  static String name(Map<String, Double> combination) {
    return combination.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getValue() + "*" + e.getKey())
        .collect(Collectors.joining("+"));
  }

  /**
   * Where codebooks come from.
   *
   * @param options with the seed of the split whose they are
   * @param ids images that they are learned from
   */
  public record Words(ExperimentOptions options, List<String> ids) {}

  /**
   * What each combination got right, in the order of the configuration. Where no words are learned,
   * or those of one split serve all, pyramids do not depend on the split: those of all images serve
   * every one.
   *
   * @param images preprocessed: path, label, image
   * @param words of this split, or of all
   * @param key of the program and the preprocessed images
   */
  public Map<String, SplitClassifier.Tested> run(
      Dataset<Row> images, Words words, CorpusSplit split, SplitNetwork network, StageKey key) {
    Transformer dense = new FeatureLearning(options, partitions, progress).dense(network.stage());
    StageKey own = key.with("network", network.network().fingerprint());
    boolean learned = options.features().learned();
    if (learned && options.split().wordsPerSplit()) {
      return run(images, words.ids, split, dense, network.network(), own);
    }
    StageKey once =
        learned
            ? own.with("features", options.features(), words.options.seed())
                .with("words", words.ids)
            : own.with("features", options.features());
    return tested(
        cache.pyramids(once, () -> pyramids(images, words, dense, network.network())), split);
  }

  /**
   * As above, with dense maps that need not be the network's own.
   *
   * @param dense adds the layers' columns, or null
   * @param network for strongest activations
   * @param key of all that decides those
   */
  public Map<String, SplitClassifier.Tested> run(
      Dataset<Row> images,
      List<String> trainIds,
      CorpusSplit split,
      Transformer dense,
      Layers network,
      StageKey key) {
    Classifiers.requireTrainable(options, split.count(Role.TRAIN));
    StageKey own =
        key.with("features", options.features(), options.seed())
            .with("split", split.ids(Role.TRAIN), split.ids(Role.TEST));
    Dataset<Row> used = images.filter((FilterFunction<Row>) row -> split.roleOf(id(row)) != null);
    return tested(
        cache.pyramids(
            own,
            () -> pyramids(used, learned(images, new Words(options, trainIds), dense, network))),
        split);
  }

  private Dataset<Row> pyramids(
      Dataset<Row> images, Words words, Transformer dense, Layers network) {
    return pyramids(images.where(col("label").isNotNull()), learned(images, words, dense, network));
  }

  private List<Transformer> learned(
      Dataset<Row> images, Words words, Transformer dense, Layers network) {
    FeatureLearning learning = new FeatureLearning(words.options, partitions, progress);
    return options.features().learned()
        ? progress.stage(
            "codebook",
            "learning the codebooks",
            () -> learning.features(dense, network, images, words.ids))
        : learning.features(dense, network, images, words.ids);
  }

  private Map<String, SplitClassifier.Tested> tested(Dataset<Row> vectors, CorpusSplit split) {
    SplitClassifier classifier = classifier(vectors, split);
    Map<String, SplitClassifier.Tested> outcomes = new LinkedHashMap<>();
    for (Map<String, Double> combination : options.classifier().combinations()) {
      String name = name(combination);
      SplitClassifier.Tested tested =
          progress.stage(
              "classify",
              "training and testing the classifier by " + name,
              () -> classifier.test(combination));
      progress.say(
          "accuracy of this split by %s: %s a class, C = %s"
              .formatted(name, Outcome.percent(tested.outcome().meanPerClassRate()), tested.c()));
      outcomes.put(name, tested);
    }
    return outcomes;
  }

  /** Path, label and a column a kernel of some images. */
  private Dataset<Row> pyramids(Dataset<Row> images, List<Transformer> features) {
    List<String> columns = new ArrayList<>(List.of("label"));
    columns.addAll(options.features().kernels());
    return Pipelines.of("features", features)
        .transform(images)
        .select("path", columns.toArray(String[]::new));
  }

  private SplitClassifier classifier(Dataset<Row> vectors, CorpusSplit split) {
    Dataset<Row> train = only(vectors, split, Role.TRAIN);
    Dataset<Row> test = only(vectors, split, Role.TEST);
    if (options.classifier().exact(split.count(Role.TRAIN))) {
      return new ExactSplitClassifier(
          options.classifier(),
          options.network().engine(),
          kernel -> PyramidKernel.of(options.features().code(kernel)),
          classes,
          train,
          test);
    }
    return combination -> withoutGrams(combination, train, test);
  }

  private SplitClassifier.Tested withoutGrams(
      Map<String, Double> combination, Dataset<Row> train, Dataset<Row> test) {
    Dataset<Row> answered =
        Pipelines.of("classify", Classifiers.withoutGrams(options, combination, train))
            .transform(test);
    return new SplitClassifier.Tested(
        Classifiers.outcome(answered.select("label", Classifiers.PREDICTED), classes),
        Classifiers.cWithoutGrams(options, combination),
        Classifiers.mistakes(answered, classes));
  }

  public static Dataset<Row> only(Dataset<Row> rows, CorpusSplit split, Role role) {
    return rows.filter((FilterFunction<Row>) row -> split.roleOf(id(row)) == role);
  }

  /** Every dataset here has the path first: rows between fused stages know no column names. */
  private static String id(Row row) {
    return row.getString(0);
  }
}
