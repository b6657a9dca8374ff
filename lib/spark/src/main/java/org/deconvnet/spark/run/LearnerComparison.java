package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.dictionary.UnitPlanes;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.LastPass;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.deconvolutional.DeconvolutionalCoder;
import org.deconvnet.network.deconvolutional.DeconvolutionalCoding;
import org.deconvnet.network.deconvolutional.DeconvolutionalImage;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.network.deconvolutional.DeconvolutionalNetworkLearning;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.network.deconvolutional.PerImageLearning;
import org.deconvnet.page.HtmlReport;
import org.deconvnet.page.LineChart;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.DeconvolutionalSettings;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.BreezeConjugateGradient;
import org.deconvnet.spark.exec.BreezeFilterStep;
import org.deconvnet.spark.exec.LayerwiseTraining;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.page.RunHeader;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/**
 * The distributed learner of the 2010 network, on several numbers of partitions, against the
 * paper's own per-image updates in one JVM: same images, same first filters, same passes. Layer by
 * layer, both reconstructing the same input. For corpora that fit the driver.
 */
public final class LearnerComparison {
  private static final List<Integer> PARTITIONS = List.of(1, 2, 5);
  private static final int TIME_POINTS = 24;
  private static final int FIRST_LAYER_STEPS = 2;
  private static final int HIGHER_LAYER_STEPS = 4;

  private final SparkSession spark;
  private final ExperimentOptions options;
  private final List<Integer> partitions;

  /**
   * @param partitions of the distributed learner; 0: 1, 2 and 5 in turn
   */
  public LearnerComparison(SparkSession spark, ExperimentOptions options, int partitions) {
    this.spark = spark;
    this.options = options;
    this.partitions = partitions == 0 ? PARTITIONS : List.of(partitions);
  }

  /**
   * One learner's story of one layer.
   *
   * @param passes objective of each pass, measured while the filters moved
   * @param seconds when each pass ended
   * @param objective of all images coded afresh with the finished filters
   */
  private record Story(
      String learner, FilterBank filters, double[] passes, double[] seconds, double objective) {}

  public void run(String input, String out, boolean overwrite, PrintStream terminal) {
    DeconvolutionalSettings settings =
        options
            .network()
            .as(DeconvolutionalSettings.class)
            .orElseThrow(
                () ->
                    new UserErrorException(
                        "network.model: expected dn, whose learners are compared, got "
                            + options.network().family()));
    SeparateFolders.require(spark, out, input);
    ImageCorpus corpus = ImageCorpus.open(spark, input, options.corpus().exclude(), 0);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    RunHeader header = RunHeader.of(spark);
    HtmlReport page =
        new HtmlReport("Distributed and per-image learning")
            .made(header.facts())
            .command(header.command());
    Metrics metrics = new Metrics();
    List<DeconvolutionalImage> images = images(corpus, metrics, output, terminal);
    for (int number = 1; number <= settings.depth(); number++) {
      DeconvolutionalOptions layer = settings.layers().get(number - 1);
      List<Story> stories = learn(images, layer, number);
      stories.forEach(story -> terminal.println(line(story)));
      show(page, metrics, stories, number);
      images = handUp(images, layer, stories.get(0).filters());
    }
    page.heading("Configuration").lines(ConfigurationText.of(options));
    output.write("report.html", page.toHtml());
    output.write("metrics.json", metrics.toJson());
    output.complete();
    terminal.println("report: " + output.display("report.html"));
  }

  private List<DeconvolutionalImage> images(
      ImageCorpus corpus, Metrics metrics, OutputFolder output, PrintStream terminal) {
    try (PreparedCorpus prepared = prepare(corpus)) {
      terminal.println(Metrics.sayWhereNamed(prepared.skipped(), output));
      metrics.prepared(prepared);
      return prepared.images().select("path", "image").orderBy("path").collectAsList().stream()
          .map(
              r ->
                  new DeconvolutionalImage(
                      r.getString(0), FeatureMapsColumn.fromRow(r.getStruct(1))))
          .toList();
    }
  }

  private PreparedCorpus prepare(ImageCorpus corpus) {
    int images = options.network().learned().images();
    ImagePreprocessor preprocessor = options.preprocessor();
    ExperimentOptions.OnBadImage onBadImage = options.corpus().onBadImage();
    return images == 0
        ? PreparedCorpus.of(corpus, preprocessor, onBadImage, 0)
        : PreparedCorpus.sample(corpus, preprocessor, onBadImage, 0, images, options.seed());
  }

  private List<Story> learn(
      List<DeconvolutionalImage> images, DeconvolutionalOptions layer, int number) {
    List<Story> stories = new ArrayList<>();
    for (int count : partitions) {
      stories.add(distributed(images, layer, number, count));
    }
    FilterBank first = stories.get(0).filters();
    FilterBank start = UnitPlanes.draw(first.connectivity(), first.side(), options.seed() + number);
    stories.add(perImage(images, layer, number, start));
    return stories;
  }

  private Story distributed(
      List<DeconvolutionalImage> images, DeconvolutionalOptions layer, int number, int count) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Watch watch = new Watch();
    // The layer is trained alone, so its seed stands for its number.
    TrainedNetwork<DeconvolutionalStack> trained =
        new LayerwiseTraining(context, options.network().engine(), watch)
            .train(
                context.parallelize(images, count),
                count,
                DeconvolutionalNetworkLearning.of(
                    List.of(layer), 1, BreezeFilterStep::of, options.seed() + number - 1));
    return story(
        "distributed, " + Count.of(count, "partition"),
        trained.network().layer(1),
        trained.epochs().get(0),
        watch,
        images,
        layer);
  }

  private Story perImage(
      List<DeconvolutionalImage> images,
      DeconvolutionalOptions layer,
      int number,
      FilterBank start) {
    Watch watch = new Watch();
    var result =
        new PerImageLearning(
                ConvolutionEngines.create(options.network().engine()),
                new BreezeConjugateGradient(),
                number == 1 ? FIRST_LAYER_STEPS : HIGHER_LAYER_STEPS,
                watch)
            .train(start, layer, number, images);
    return story("per image, one JVM", result.layer(), result.epochs(), watch, images, layer);
  }

  private Story story(
      String learner,
      DeconvolutionalLayer learned,
      List<LayerProgress> epochs,
      Watch watch,
      List<DeconvolutionalImage> images,
      DeconvolutionalOptions layer) {
    DeconvolutionalCoder coder = coder(learned, layer);
    double objective =
        images.stream().mapToDouble(image -> coder.code(image).trace().objective()).sum();
    return new Story(
        learner,
        learned.filters(),
        epochs.stream().mapToDouble(LayerProgress::objective).toArray(),
        watch.seconds(),
        objective);
  }

  private DeconvolutionalCoder coder(DeconvolutionalLayer learned, DeconvolutionalOptions layer) {
    ConvolutionEngine engine = ConvolutionEngines.create(options.network().engine());
    return new DeconvolutionalCoding(1, learned, layer.schedule()).coder(engine);
  }

  /** The input of the next layer, the same for all learners. */
  private List<DeconvolutionalImage> handUp(
      List<DeconvolutionalImage> images, DeconvolutionalOptions layer, FilterBank filters) {
    DeconvolutionalCoder coder = coder(layer.layer(filters), layer);
    List<DeconvolutionalImage> coded = images.stream().map(coder::code).toList();
    MapScaling scaling = MapScaling.of(LastPass.over(coded.iterator()).range());
    return coded.stream().map(image -> image.handedUp(scaling)).toList();
  }

  private static String line(Story story) {
    return String.format(
        Locale.ROOT,
        "%-28s %6.1f s  last pass %.2f  coded afresh %.2f",
        story.learner(),
        story.seconds()[story.seconds().length - 1],
        story.passes()[story.passes().length - 1],
        story.objective());
  }

  private static void show(HtmlReport page, Metrics metrics, List<Story> stories, int number) {
    page.heading("Layer " + number);
    LineChart passes = new LineChart("pass", "objective", LineChart.Scale.LINEAR);
    double longest =
        stories.stream().mapToDouble(s -> s.seconds()[s.seconds().length - 1]).max().orElseThrow();
    LineChart seconds =
        new LineChart(
            String.format(Locale.ROOT, "time in steps of %.2f s", longest / TIME_POINTS),
            "objective",
            LineChart.Scale.LINEAR);
    for (Story story : stories) {
      passes.series(story.learner(), story.passes());
      seconds.series(story.learner(), overTime(story, longest));
    }
    page.svg(passes.toSvg(), "Objective of all images in each pass, while the filters move.");
    page.svg(seconds.toSvg(), "The same against time; before the first pass ends, its own value.");
    page.table(
        List.of("learner", "seconds", "coded afresh with the finished filters"),
        stories.stream().map(s -> List.of(s.learner(), seconds(s), value(s.objective()))).toList());
    metrics.put("layer" + number, stories.stream().map(LearnerComparison::numbers).toList());
  }

  private static String seconds(Story story) {
    return String.format(Locale.ROOT, "%.1f", story.seconds()[story.seconds().length - 1]);
  }

  private static String value(double objective) {
    return String.format(Locale.ROOT, "%.2f", objective);
  }

  private static Map<String, Object> numbers(Story story) {
    return Map.of(
        "learner", story.learner(),
        "objective_per_pass", story.passes(),
        "seconds", story.seconds(),
        "objective", story.objective(),
        "filters_hash", java.util.Arrays.hashCode(story.filters().data()));
  }

  private static double[] overTime(Story story, double longest) {
    double[] values = new double[TIME_POINTS];
    for (int i = 0; i < TIME_POINTS; i++) {
      int ended = 0;
      for (double end : story.seconds()) {
        ended += end <= (i + 1) * longest / TIME_POINTS ? 1 : 0;
      }
      values[i] = story.passes()[Math.max(0, ended - 1)];
    }
    return values;
  }

  /** When each pass ended. */
  private static final class Watch implements TrainingListener {
    private final long start = System.nanoTime();
    private final List<Double> ends = new ArrayList<>();

    @Override
    public void batchDone(LayerProgress progress, int batch, int batches) {
      if (batch == batches) {
        ends.add((System.nanoTime() - start) / 1e9);
      }
    }

    double[] seconds() {
      return ends.stream().mapToDouble(v -> v).toArray();
    }
  }
}
