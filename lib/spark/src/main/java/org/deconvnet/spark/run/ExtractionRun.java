package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.OptionException;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.LayerCodes;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.NpzFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.words.Count;

/**
 * A folder of images to features: a row an image and layer, a row a non-zero or a sparse matrix an
 * image, or a vector an image ({@link ExtractionOptions.Kind}).
 */
public final class ExtractionRun {
  private final SparkSession spark;
  private final int partitions;
  private final ExtractionOptions options;
  private final CnnOptions cnn;
  private final Function<String, ExperimentOptions> parse;

  /**
   * @param cnn how images come to an ONNX network
   * @param parse reads a configuration that a model brings
   */
  public ExtractionRun(
      SparkSession spark,
      int partitions,
      ExtractionOptions options,
      CnnOptions cnn,
      Function<String, ExperimentOptions> parse) {
    this.spark = spark;
    this.partitions = partitions;
    this.options = options;
    this.cnn = cnn;
    this.parse = parse;
  }

  public void run(String model, String input, String out, boolean overwrite, PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    options.words().ifPresent(words -> SeparateFolders.requireKept(spark, out, words));
    if (CnnFormat.isNetwork(model)) {
      runOnnx(model, input, out, overwrite, terminal);
      return;
    }
    ModelFolder folder = ModelFolder.read(spark, model);
    List<Integer> layers = options.layersOf(folder.network().network().depth());
    boolean pyramids = options.kind() == ExtractionOptions.Kind.PYRAMIDS;
    PyramidWords given = pyramids ? given(folder) : null;
    ExperimentOptions learning =
        pyramids && given.stages().isEmpty() ? PyramidWords.options(folder, options, parse) : null;
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    MemoryNeed.requireToInfer(spark, corpus, folder, partitions);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus,
                pyramids ? preprocessor(folder, given, learning) : folder.preprocessor(),
                ExperimentOptions.OnBadImage.SKIP,
                partitions,
                progress)) {
      Metrics metrics =
          new Metrics()
              .put("images", prepared.count())
              .put("fingerprint", folder.network().network().fingerprint());
      String name;
      if (pyramids) {
        PyramidWords words = given;
        if (learning != null) {
          words =
              PyramidWords.learn(
                  learning, folder.network(), prepared.images(), partitions, progress);
          words.write(output);
        }
        name = pyramids(words, prepared, output, metrics, progress);
      } else {
        name = codes(folder.network(), layers, prepared, output, metrics, progress);
      }
      report(name, prepared, output, metrics, progress);
    }
  }

  /** Layers of a network that was learned elsewhere. */
  private void runOnnx(
      String model, String input, String out, boolean overwrite, PrintStream terminal) {
    if (options.kind() == ExtractionOptions.Kind.PYRAMIDS) {
      throw new OptionException(
          "--pyramids: expected a model that was learned here, got an ONNX network; take its layers as they are, or give it to benchmark");
    }
    OnnxNetwork network = OnnxNetwork.of(spark, model, cnn.withLayers(options.layers()));
    CroppedLayers layers = CroppedLayers.of(network);
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus, layers, ExperimentOptions.OnBadImage.SKIP, partitions, progress)) {
      List<Integer> all = IntStream.rangeClosed(1, network.network().depth()).boxed().toList();
      Metrics metrics =
          new Metrics()
              .put("images", prepared.count())
              .put("fingerprint", network.network().fingerprint())
              .put("names", all.stream().map(network.network()::name).toList());
      all.forEach(
          number ->
              progress.say(
                  "%s: %s"
                      .formatted(network.network().name(number), network.network().shape(number))));
      report(
          codes(layers, all, prepared, output, metrics, progress),
          prepared,
          output,
          metrics,
          progress);
    }
  }

  /** The model's, which also gives plain images where words are of dense SIFT or of pixels. */
  private static ImagePreprocessor preprocessor(
      ModelFolder folder, PyramidWords given, ExperimentOptions learning) {
    ImagePreprocessor own = folder.preprocessor().copy(ParamMap.empty());
    own.setPlainSides(PyramidWords.plainSides(given, learning));
    return PyramidWords.needPlainImages(given, learning) && own.getPlainCol().isEmpty()
        ? own.setPlainCol("plain")
        : own;
  }

  /** Words that need not be learned; no stages if they must be. */
  private PyramidWords given(ModelFolder folder) {
    if (options.words().isPresent()) {
      return PyramidWords.given(
          OutputFolder.open(spark, options.words().get(), "words"), folder.network());
    }
    return options.vocabularies().isPresent() || options.seed().isPresent()
        ? PyramidWords.NONE
        : PyramidWords.of(folder);
  }

  private String codes(
      LayerCodes network,
      List<Integer> layers,
      PreparedCorpus prepared,
      OutputFolder output,
      Metrics metrics,
      Progress progress) {
    String name = options.kind() == ExtractionOptions.Kind.ENTRIES ? "entries" : "features";
    progress.stage(
        "extract",
        "extracting %s %s of %s"
            .formatted(
                Count.noun(layers.size(), "layer"), layers, Count.of(prepared.count(), "image")),
        () -> {
          if (options.format() == FeatureFormat.NPZ) {
            CodeFiles.write(network, prepared.images(), layers, new NpzFolder(spark, output, name));
          } else {
            CodeTables.write(
                network,
                prepared.images(),
                layers,
                options.kind() == ExtractionOptions.Kind.ENTRIES,
                output.path(name));
          }
          return null;
        });
    metrics.put("layers", layers);
    return name;
  }

  private String pyramids(
      PyramidWords words,
      PreparedCorpus prepared,
      OutputFolder output,
      Metrics metrics,
      Progress progress) {
    String says = "extracting pyramids of " + Count.of(prepared.count(), "image");
    try (PyramidTables tables =
        progress.stage(
            "extract", says, () -> PyramidTables.of(words.stages(), prepared.images()))) {
      String name =
          progress.stage(
              "write",
              "writing them as " + options.format().name().toLowerCase(Locale.ROOT),
              () -> tables.write(options.format(), prepared.classes(), output));
      metrics
          .put("words", words.origin())
          .put("length", tables.length())
          .put("parts", tables.lengths())
          .put("labels", prepared.classes());
      progress.say(
          "%s an image: %s; words: %s"
              .formatted(
                  Count.grouped(tables.length(), "number"), tables.lengths(), words.origin()));
      if (words.learned()) {
        progress.say("for other images with the same words: --words " + output.display());
      }
      return name;
    }
  }

  private static void report(
      String name,
      PreparedCorpus prepared,
      OutputFolder output,
      Metrics metrics,
      Progress progress) {
    long bytesEach = output.bytes(name) / Math.max(1, prepared.count());
    output.write(
        "metrics.json",
        metrics.put("bytes_per_image", bytesEach).prepared(prepared).time(progress).toJson());
    output.complete();
    progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
    progress.say(
        "features: %s, %s an image"
            .formatted(output.display(name), Count.grouped(bytesEach, "byte")));
  }
}
