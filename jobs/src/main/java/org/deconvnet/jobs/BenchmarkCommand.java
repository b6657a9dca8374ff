package org.deconvnet.jobs;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.OnnxSettings;
import org.deconvnet.spark.run.BenchmarkRun;
import org.deconvnet.spark.run.DryRun;
import org.deconvnet.spark.store.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description =
        "Measures accuracy over random splits: trains, extracts, classifies and reports, in one"
            + " run.",
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet benchmark --config conf/quickstart.yaml --input PHOTOS \\",
      "    --output RESULT"
    })
final class BenchmarkCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Configuration to read: a YAML file.")
  String config;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "Images to read: a folder of class folders, loose or packed.")
  String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the report.")
  String output;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model to read: its network is used, learned on whatever images; default: learn one.")
  String model;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Use the first N classes by name; default: all.")
  @Within(least = 2)
  int classes;

  @Option(
      names = "--train-per-class",
      paramLabel = "N",
      description = "Training images of each class; default: the configuration's.")
  @Within(least = 1)
  Integer trainPerClass;

  @Option(
      names = "--splits",
      paramLabel = "N",
      description = "Random splits; default: the configuration's.")
  @Within(least = 1)
  Integer splits;

  @Option(
      names = "--validate",
      description =
          "Test on a third of the training images and leave the test images alone: for choosing"
              + " settings.")
  boolean validate;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Where to keep networks and pyramids for later runs with the same images and settings;"
              + " default: deconvnet-cache beside the output. Delete it whenever you like.")
  String cache;

  @Option(names = "--fresh", description = "Learn and compute everything again.")
  boolean fresh;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin DryRunOption dry;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "benchmark")) {
      ExperimentOptions options = split(seed.in(ConfigLoader.load(spark, config)));
      if (options.features().vocabularies().isEmpty()) {
        throw ConfigLoader.refused(
            spark, config, "features.vocabularies", "expected one at least to classify by, got []");
      }
      Terminal terminal = common.terminal();
      BenchmarkRun run = new BenchmarkRun(spark, options, partitions.count, cache, fresh);
      DryRun trial = new DryRun(spark, terminal);
      ConfigLoader.naming(
          spark,
          config,
          () -> {
            Optional<OnnxSettings> file = options.network().as(OnnxSettings.class);
            if (dry.wanted && file.isPresent()) {
              trial.ofFile(options, file.get(), input, output, classes);
            } else if (dry.wanted) {
              trial.learning(options, input, output, classes, networks(options));
            } else {
              run.run(input, model, classes, output, common.overwrite, terminal);
            }
          });
      return 0;
    }
  }

  /** How many are learned. */
  private int networks(ExperimentOptions options) {
    if (model != null) {
      return 0;
    }
    return options.split().networkPerSplit() ? options.split().splits() : 1;
  }

  private ExperimentOptions split(ExperimentOptions options) {
    ExperimentOptions.Split split = options.split();
    int images = trainPerClass == null ? split.trainPerClass() : trainPerClass;
    boolean validates = validate || split.validate();
    if (validates && images < 2) {
      throw new ConfigException(
          "--validate: expected at least 2 training images a class, one of which tests, got "
              + images);
    }
    return options.withSplit(
        new ExperimentOptions.Split(
            images,
            split.mostTestPerClass(),
            splits == null ? split.splits() : splits,
            split.networkPerSplit(),
            split.wordsPerSplit(),
            validates,
            split.baseline()));
  }
}
