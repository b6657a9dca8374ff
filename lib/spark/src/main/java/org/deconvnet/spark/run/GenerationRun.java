package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.adversarial.AdversarialOptions;
import org.deconvnet.network.gradient.adversarial.AdversarialWeights;
import org.deconvnet.network.gradient.adversarial.Diversity;
import org.deconvnet.network.gradient.adversarial.FeatureDistance;
import org.deconvnet.network.gradient.adversarial.Noise;
import org.deconvnet.network.gradient.adversarial.Painter;
import org.deconvnet.network.gradient.adversarial.PixelRange;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.GenerationOptions;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.evaluate.SampleJudge;
import org.deconvnet.spark.exec.AdversarialTraining;
import org.deconvnet.spark.exec.AdversarialTraining.Item;
import org.deconvnet.spark.exec.AdversarialTraining.Trained;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.exec.GeneratedImages;
import org.deconvnet.spark.exec.LossPoint;
import org.deconvnet.spark.exec.NearestImages;
import org.deconvnet.spark.page.GenerationReport;
import org.deconvnet.spark.page.RunReport;
import org.deconvnet.spark.store.GeneratorFolder;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/** A folder of images to a generator of such images. Classes play no part. */
public final class GenerationRun {
  /** Images of each set that distances are measured of. */
  private static final int JUDGED = 1000;

  /** Two halves of two images. */
  private static final int LEAST_JUDGED = 4;

  /** Images whose variance is compared with that of samples. */
  private static final int COMPARED = 256;

  private static final int ROWS = 6;
  private static final int STEPS = 8;
  private static final int NEAREST = 12;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final GenerationOptions options;
  private final AdversarialOptions networks;
  private final int partitions;
  private final String judge;

  /**
   * @param partitions of a batch, at most; 0: one a core
   * @param judge an ONNX network that samples and images are compared by; null: they are not
   */
  public GenerationRun(
      SparkSession spark, GenerationOptions options, int partitions, String judge) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.options = options;
    this.networks = options.generate().options();
    this.partitions = partitions;
    this.judge = judge;
  }

  /** Trains, and writes the model with its report. */
  public void run(String input, String out, boolean overwrite, PrintStream terminal) {
    ImageCorpus corpus = required(input, out);
    Optional<SampleJudge> judging =
        Optional.ofNullable(judge).map(file -> SampleJudge.of(spark, file));
    OutputFolder output = OutputFolder.createOrResume(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, networks.epochs());
        PreparedCorpus prepared = prepared(corpus, progress)) {
      requireGroup(corpus.root(), prepared.count());
      JavaRDD<Item> items = items(prepared);
      Trained trained = trained(items, output, progress);
      String configuration = ConfigurationText.of(options);
      new GeneratorFolder(networks, trained.weights(), corpus.root())
          .write(spark, output, configuration);
      report(corpus, prepared, items, trained, judging, output, progress);
      output.complete();
      progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
      progress.say("model: " + output.display());
      progress.say("fingerprint: " + trained.weights().fingerprint());
    }
  }

  /** Says what a run would do, and about how long it takes and how much memory. Writes nothing. */
  public void tryOut(String input, String out, PrintStream terminal) {
    ImageCorpus corpus = required(input, out);
    if (judge != null) {
      SampleJudge.of(spark, judge);
    }
    terminal.println(ConfigurationText.of(options).strip());
    terminal.println("images: %s of %s".formatted(Count.of(corpus.files(), "file"), corpus.root()));
    String engine = ConvolutionEngines.resolve(options.generate().engine());
    double seconds = TurnTrial.seconds(networks, engine);
    long wanted = options.generate().images();
    long images = wanted == 0 ? corpus.files() : Math.min(wanted, corpus.files());
    long groups = images / networks.ghostGroup();
    terminal.println(
        "time to train both networks: about %s, from a trial of one ghost group on one core; the run has %s"
            .formatted(
                Trial.words(seconds * groups * networks.epochs() / tasks()),
                Count.of(tasks(), "core")));
    terminal.println(
        "memory for images: about %s; what does not fit goes to disk"
            .formatted(Trial.megabytes(2 * 4.0 * networks.image().size() * images)));
    terminal.println(
        "memory at least: %s a task, %s on the driver"
            .formatted(
                Trial.megabytes(networks.taskBytes()), Trial.megabytes(networks.driverBytes())));
    terminal.println("nothing was written");
  }

  /**
   * Everything that can be refused before images are read.
   *
   * @throws UserErrorException if there are fewer files than a ghost group has images, or too
   *     little memory
   */
  ImageCorpus required(String input, String out) {
    SeparateFolders.require(spark, out, input);
    if (judge != null) {
      SeparateFolders.requireKept(spark, out, "judge", judge);
    }
    ImageCorpus corpus = ImageCorpus.open(spark, input, options.corpus().exclude(), 0);
    requireGroup(corpus.root(), corpus.files());
    MemoryNeed.requireToTrain(spark, networks, tasks());
    return corpus;
  }

  private void requireGroup(String root, long images) {
    int wanted = options.generate().images();
    long all = wanted == 0 ? images : Math.min(wanted, images);
    if (all < networks.ghostGroup() && wanted > 0 && wanted < images) {
      throw new UserErrorException(
          "generate.images: expected 0, which takes all, or at least %d, since generate.ghostGroup is %d, got %d"
              .formatted(networks.ghostGroup(), networks.ghostGroup(), wanted));
    }
    if (all < networks.ghostGroup()) {
      throw new UserErrorException(
          "corpus %s: expected at least %s, since generate.ghostGroup is %d, got %d; give more images, or a smaller group"
              .formatted(
                  root, Count.of(networks.ghostGroup(), "image"), networks.ghostGroup(), all));
    }
    if (judge != null && all < LEAST_JUDGED) {
      throw new UserErrorException(
          "corpus %s: expected at least %d images to compare samples with, got %d; give more images, or no judge"
              .formatted(root, LEAST_JUDGED, all));
    }
  }

  private int tasks() {
    int cores = partitions == 0 ? spark.sparkContext().defaultParallelism() : partitions;
    return Math.min(cores, networks.groups());
  }

  private PreparedCorpus prepared(ImageCorpus corpus, Progress progress) {
    int wanted = options.generate().images();
    if (wanted == 0 || wanted >= corpus.files()) {
      return PreparedCorpus.of(
          corpus, options.preprocessor(), options.corpus().onBadImage(), partitions, progress);
    }
    return progress.stage(
        "preprocess",
        "preprocessing %d of %s of %s"
            .formatted(wanted, Count.of(corpus.files(), "file"), corpus.root()),
        () ->
            PreparedCorpus.sample(
                corpus,
                options.preprocessor(),
                options.corpus().onBadImage(),
                partitions,
                wanted,
                options.seed()));
  }

  private static JavaRDD<Item> items(PreparedCorpus prepared) {
    return prepared
        .images()
        .select("path", "image")
        .toJavaRDD()
        .map(
            row ->
                new Item(
                    row.getString(0),
                    PixelRange.toSigned(FeatureMapsColumn.fromRow(row.getStruct(1)))));
  }

  private Trained trained(JavaRDD<Item> items, OutputFolder output, Progress progress) {
    Checkpointing checkpointing = Checkpointing.in(output.path(OutputFolder.CHECKPOINT));
    AdversarialTraining training =
        new AdversarialTraining(context, networks, options.seed(), tasks(), progress);
    return progress.stage(
        Progress.LEARNING,
        "training generator and discriminator",
        () -> training.train(items, options.generate().engine(), checkpointing));
  }

  private void report(
      ImageCorpus corpus,
      PreparedCorpus prepared,
      JavaRDD<Item> items,
      Trained trained,
      Optional<SampleJudge> judging,
      OutputFolder output,
      Progress progress) {
    RunReport page = new RunReport("Generated images");
    page.facts(facts(corpus, prepared, trained));
    GenerationReport report = new GenerationReport(page, networks.image());
    Metrics metrics = metrics(trained);
    progress.stage(
        "report",
        "drawing the report",
        () -> {
          Painter painter = painter(trained);
          diversity(painter, prepared, report, metrics, progress);
          report.losses(trained.losses());
          report.snapshots(trained.snapshots());
          report.interpolations(ways(painter));
          List<FeatureMaps> samples =
              painter.paint(Noise.ofImages(networks.z(), options.seed(), NEAREST));
          report.nearest(samples, NearestImages.of(context, items, samples));
          return null;
        });
    judging.ifPresent(
        by ->
            progress.stage(
                "judge",
                "comparing samples with images by " + judge,
                () -> {
                  judged(by, prepared, trained, report, metrics, progress);
                  return null;
                }));
    page.prepared(prepared).configuration(options).time(progress);
    output.write("report.html", page.toHtml());
    output.write("metrics.json", metrics.prepared(prepared).time(progress).toJson());
    progress.say("report: " + output.display("report.html"));
  }

  private Map<String, String> facts(ImageCorpus corpus, PreparedCorpus prepared, Trained trained) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put("images", "%d of %s".formatted(prepared.count(), Count.of(corpus.files(), "file")));
    facts.put("left out", Count.of(trained.left(), "image") + ", which filled no ghost group");
    facts.put("generator", parameters(trained.weights().generator().parameters()));
    facts.put("discriminator", parameters(trained.weights().discriminator().parameters()));
    facts.put("engine", trained.engine());
    facts.put("fingerprint", trained.weights().fingerprint());
    return facts;
  }

  private static String parameters(float[] numbers) {
    return Count.grouped(numbers.length, "parameter");
  }

  private Metrics metrics(Trained trained) {
    Metrics metrics =
        new Metrics()
            .put("seed", options.seed())
            .put("engine", trained.engine())
            .put("fingerprint", trained.weights().fingerprint())
            .put("epochs", networks.epochs())
            .put("left_out", trained.left());
    if (!trained.losses().isEmpty()) {
      LossPoint last = trained.losses().get(trained.losses().size() - 1);
      metrics
          .put("loss_real", last.real())
          .put("loss_generated", last.generated())
          .put("loss_generator", last.generator());
    }
    return metrics;
  }

  private static Painter painter(Trained trained) {
    return new Painter(
        trained.weights().generator(), ConvolutionEngines.create(trained.engine()).kernels());
  }

  private void diversity(
      Painter painter,
      PreparedCorpus prepared,
      GenerationReport report,
      Metrics metrics,
      Progress progress) {
    List<String> ids = FeatureLearning.ids(prepared.images());
    List<FeatureMaps> images =
        FeatureLearning.only(
                prepared.images(), FeatureLearning.sample(ids, COMPARED, options.seed() + 4))
            .orderBy("path")
            .select("image")
            .collectAsList()
            .stream()
            .map(row -> FeatureMapsColumn.fromRow(row.getStruct(0)))
            .toList();
    List<FeatureMaps> samples =
        painter.paint(Noise.ofImages(networks.z(), options.seed(), images.size()));
    Diversity diversity = Diversity.of(samples, images);
    report.diversity(diversity);
    metrics.put("variance_of_images", diversity.images());
    metrics.put("variance_of_samples", diversity.samples());
    metrics.put("collapsed", diversity.collapsed());
    if (diversity.collapsed()) {
      progress.say(GenerationReport.notice(diversity));
    }
  }

  private List<List<FeatureMaps>> ways(Painter painter) {
    List<FeatureMaps> z = Noise.ofImages(networks.z(), options.seed(), 2 * ROWS);
    List<List<FeatureMaps>> ways = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      ways.add(painter.paint(Noise.between(z.get(2 * row), z.get(2 * row + 1), STEPS)));
    }
    return ways;
  }

  private void judged(
      SampleJudge by,
      PreparedCorpus prepared,
      Trained trained,
      GenerationReport report,
      Metrics metrics,
      Progress progress) {
    List<String> ids = FeatureLearning.ids(prepared.images());
    int half = Math.min(JUDGED, ids.size() / 2);
    List<String> drawn = FeatureLearning.sample(ids, 2 * half, options.seed() + 3);
    List<float[]> first = features(by, prepared, drawn.subList(0, half));
    Map<String, List<float[]>> others = new LinkedHashMap<>();
    others.put("the other half", features(by, prepared, drawn.subList(half, 2 * half)));
    others.put("samples", samples(by, trained.weights(), trained.engine(), half));
    AdversarialWeights start = AdversarialWeights.start(networks, options.seed());
    others.put("samples before training", samples(by, start, trained.engine(), half));
    Map<String, FeatureDistance> distances = new LinkedHashMap<>();
    others.forEach((name, set) -> distances.put(name, by.distance(first, set)));
    report.judged(distances, by.layer(), half);
    metrics.put("judged_images", half).put("distances", distances);
    distances.forEach(
        (name, one) ->
            progress.say(
                "distance of half of the images and %s: %s"
                    .formatted(name, GenerationReport.words(one))));
  }

  private static List<float[]> features(SampleJudge by, PreparedCorpus prepared, List<String> ids) {
    return by.features(FeatureLearning.only(prepared.images(), ids));
  }

  private List<float[]> samples(
      SampleJudge by, AdversarialWeights weights, String engine, int images) {
    return GeneratedImages.use(
        spark, weights.generator(), engine, options.seed(), images, 2 * tasks(), by::features);
  }
}
