package org.deconvnet.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.label.HeadOptions;
import org.deconvnet.label.LabelCounts;
import org.deconvnet.label.LabellingPlan;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.SegmentExperiment;
import org.deconvnet.spark.corpus.LabelledCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.evaluate.FrozenLayers;
import org.deconvnet.spark.evaluate.LabelledImages;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.exec.LabelMeasures;
import org.deconvnet.spark.exec.TrainedLabelling;
import org.deconvnet.spark.ml.ImageCrop;
import org.deconvnet.spark.ml.PixelLabelling;
import org.deconvnet.spark.ml.PixelLabellingModel;
import org.deconvnet.spark.page.LabellingReport;
import org.deconvnet.spark.page.RunReport;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Pipelines;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/** Images and the labels of their pixels to a model that gives pixels labels. */
public final class SegmentTrainingRun {
  private final SparkSession spark;
  private final SegmentExperiment options;
  private final String network;
  private final int partitions;

  /**
   * @param network whose layers are scored, a model's folder or an ONNX file; null where the
   *     options name no layers
   */
  public SegmentTrainingRun(
      SparkSession spark, SegmentExperiment options, String network, int partitions) {
    this.spark = spark;
    this.options = options;
    this.network = network;
    this.partitions = partitions;
  }

  public void run(String input, String model, boolean overwrite, PrintStream terminal) {
    HeadOptions head = options.segment().head();
    requireNetwork(head);
    SeparateFolders.require(spark, model, input);
    if (network != null) {
      SeparateFolders.requireKept(spark, model, "network", network);
    }
    LabelledCorpus corpus = LabelledCorpus.open(spark, input);
    ImageCrop crop = LabelledImages.crop(corpus, options);
    Shape image = new Shape(3, crop.getRows(), crop.getColumns());
    LabellingPlan.requireCells(head, image);
    FrozenLayers layers =
        network == null ? FrozenLayers.none() : FrozenLayers.of(spark, network, head, image);
    OutputFolder output = OutputFolder.createOrResume(spark, model, overwrite);
    try (Progress progress = new Progress(terminal, output, options.segment().learning().epochs());
        PreparedCorpus prepared = prepare(corpus, crop, progress)) {
      List<String> heldOut = heldOut(prepared);
      int classes = classes(prepared);
      PixelLabellingModel learned =
          progress.stage(
              Progress.LEARNING,
              "learning to label pixels",
              () -> learn(prepared.images(), heldOut, classes, layers, output, progress));
      List<String> names = options.segment().namesOf(learned.network().classes());
      write(output, crop, layers, learned, names, corpus.root(), progress);
      report(corpus, prepared, heldOut, layers, learned, names, output, progress);
      output.complete();
      progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
      progress.say("model: " + output.display());
      progress.say("fingerprint: " + learned.network().fingerprint());
    }
  }

  private void requireNetwork(HeadOptions head) {
    if (head.frozen() && network == null) {
      throw new UserErrorException(
          "segment.head.layers: expected a network with the layers %s, got none; give --network"
              .formatted(head.layers()));
    }
    if (!head.frozen() && network != null) {
      throw new UserErrorException(
          "segment.head.layers: expected layers of the network %s, got none; name them, or give no --network"
              .formatted(network));
    }
  }

  private PreparedCorpus prepare(LabelledCorpus corpus, ImageCrop crop, Progress progress) {
    PreparedCorpus prepared =
        progress.stage(
            "preprocess",
            "reading images and labels of " + corpus.root(),
            () ->
                LabelledImages.of(
                    corpus,
                    crop,
                    options.segment().decoder(),
                    options.corpus().onBadImage(),
                    partitions));
    progress.skipped(prepared.skipped().size());
    return prepared;
  }

  /**
   * A share of the images, drawn by the seed.
   *
   * @throws UserErrorException if it leaves none to learn from
   */
  private List<String> heldOut(PreparedCorpus prepared) {
    double share = options.segment().holdOut();
    int count = (int) Math.round(share * prepared.count());
    if (count == prepared.count()) {
      throw new UserErrorException(
          "segment.holdOut: expected a share that leaves images to learn from, got %s, which is %d of %s; hold out fewer, or give more images"
              .formatted(share, count, Count.of(prepared.count(), "usable image")));
    }
    return count == 0
        ? List.of()
        : FeatureLearning.sample(FeatureLearning.ids(prepared.images()), count, options.seed() + 1);
  }

  /**
   * How many the options say, or the labels of all images: one that is held out may have a larger
   * label than all that are learned from. Learning itself refuses images of one class alone.
   */
  private int classes(PreparedCorpus prepared) {
    return options.segment().classes() > 0
        ? options.segment().classes()
        : Math.max(2, LabelMeasures.classes(prepared.images().select(LabelledImages.LABELS)));
  }

  private PixelLabellingModel learn(
      Dataset<Row> images,
      List<String> heldOut,
      int classes,
      FrozenLayers layers,
      OutputFolder output,
      Progress progress) {
    Dataset<Row> learned =
        heldOut.isEmpty() ? images : images.where(not(col("path").isin(heldOut.toArray())));
    if (options.segment().mirror()) {
      learned = LabelledImages.withMirrored(learned);
    }
    return new PixelLabelling()
        .setLayerCols(layers.columns().toArray(String[]::new))
        .setHead(options.segment().head())
        .setLearning(options.segment().learning())
        .setClassCount(classes)
        .setSeed(options.seed())
        .setPartitions(partitions)
        .setListener(progress)
        .setCheckpointing(Checkpointing.in(output.path(OutputFolder.CHECKPOINT)))
        .fit(Pipelines.of("layers", layers.stages()).transform(learned));
  }

  private void write(
      OutputFolder output,
      ImageCrop crop,
      FrozenLayers layers,
      PixelLabellingModel learned,
      List<String> names,
      String origin,
      Progress progress) {
    List<Transformer> stages = new ArrayList<>(List.of(crop));
    stages.addAll(layers.stages());
    stages.add(learned);
    progress.stage(
        "write",
        "writing the model",
        () -> {
          ModelFolder.write(
              output,
              stages,
              names,
              learned.network().fingerprint(),
              ConfigurationText.of(options),
              origin);
          return null;
        });
  }

  private void report(
      LabelledCorpus corpus,
      PreparedCorpus prepared,
      List<String> heldOut,
      FrozenLayers layers,
      PixelLabellingModel learned,
      List<String> names,
      OutputFolder output,
      Progress progress) {
    List<Transformer> stages = new ArrayList<>(layers.stages());
    stages.add(learned);
    Dataset<Row> measured =
        heldOut.isEmpty() ? prepared.images() : FeatureLearning.only(prepared.images(), heldOut);
    Dataset<Row> labelled =
        Pipelines.of("labelling", stages)
            .transform(measured)
            .select("path", "image", LabelledImages.LABELS, learned.getOutputCol())
            .persist(StorageLevel.MEMORY_AND_DISK());
    LabelCounts counts =
        progress.stage(
            "measure",
            "labelling " + (heldOut.isEmpty() ? "the images" : "images that were held out"),
            () ->
                LabelMeasures.of(
                    labelled.select(LabelledImages.LABELS, learned.getOutputCol()), names.size()));
    TrainedLabelling training = learned.training().orElseThrow();
    String images =
        heldOut.isEmpty()
            ? "the images that it was learned from"
            : Count.of(heldOut.size(), "image") + " that were held out";
    RunReport page = new RunReport("Labelling pixels: training");
    page.facts(facts(corpus, prepared, heldOut, layers, training, progress));
    new LabellingReport(page, names)
        .measures(counts, images)
        .losses(training.losses())
        .pictures(labelled, LabelledImages.LABELS, learned.getOutputCol(), options.seed());
    labelled.unpersist();
    page.prepared(prepared).configuration(options).time(progress);
    output.write("report.html", page.toHtml());
    output.write(
        "metrics.json",
        LabellingReport.put(new Metrics(), counts, names)
            .put("train_images", prepared.count() - heldOut.size())
            .put("held_out_images", heldOut.size())
            .put("losses", training.losses())
            .put("seed", options.seed())
            .put("engine", training.engine())
            .put("network", layers.fingerprint())
            .put("fingerprint", learned.network().fingerprint())
            .prepared(prepared)
            .time(progress)
            .toJson());
    progress.say("mean IU: %.3f on %s".formatted(counts.meanIu(), images));
  }

  private Map<String, String> facts(
      LabelledCorpus corpus,
      PreparedCorpus prepared,
      List<String> heldOut,
      FrozenLayers layers,
      TrainedLabelling training,
      Progress progress) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put(
        "learned from",
        Count.of(prepared.count() - heldOut.size(), "image")
            + (options.segment().mirror() ? ", each mirrored, too" : ""));
    facts.put("held out", Count.of(heldOut.size(), "image"));
    if (network != null) {
      facts.put("under it, frozen", network + ", fingerprint " + layers.fingerprint());
    }
    facts.put(
        "parameters", Count.grouped(training.network().weights().parameters().length, "number"));
    if (training.withoutGroup() > 0) {
      facts.put("images that filled no ghost group", Integer.toString(training.withoutGroup()));
    }
    facts.put("engine", training.engine());
    facts.put("fingerprint", training.network().fingerprint());
    facts.forEach((name, value) -> progress.say(name + ": " + value));
    return facts;
  }
}
