package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.ClassScores;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.Occlusion;
import org.deconvnet.network.cnn.OcclusionOptions;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.ml.ImageCrop;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.spark.page.ImageReport;
import org.deconvnet.spark.page.OccludedImage;
import org.deconvnet.spark.page.OcclusionReport;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.spark.store.ClassNames;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/**
 * What a network that was learned elsewhere needs of some images of a folder: a grey square slides
 * over each, and a class's probability and a map's activity are watched. A task holds a few covered
 * copies of one image at a time; pictures are written where the images are. The result does not
 * depend on partitions.
 */
public final class OcclusionRun {
  private final SparkSession spark;
  private final int partitions;

  public OcclusionRun(SparkSession spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  /**
   * @param square that slides
   * @param cnn how images come to the network, and the layer whose map is watched; of several
   *     layers the last
   * @param map of that layer, from 0; below 0: of each image the one with its strongest activation
   * @param classNames file of the classes' names; empty: the one beside the network, if any
   * @param images how many, at least 1
   * @param seed draws them
   */
  public record Options(
      OcclusionOptions square, CnnOptions cnn, int map, String classNames, int images, long seed) {
    public Options {
      Checks.atLeast("images", 1, images);
    }
  }

  public void run(
      String model,
      String input,
      String out,
      Options options,
      boolean overwrite,
      PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    if (!options.classNames.isEmpty()) {
      SeparateFolders.requireKept(spark, out, "class names", options.classNames);
    }
    OnnxNetwork stage = stage(model, options);
    ClassNames names = names(stage.network(), model, options);
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared = prepared(corpus, stage.crop(), options, progress)) {
      PictureFolder pictures = new PictureFolder(spark, output);
      ImageReport report = new ImageReport("What the network needs", prepared, output, progress);
      OcclusionReport page = new OcclusionReport(report, pictures, names);
      CnnNetwork network = stage.network();
      report.of(corpus.root(), network, model);
      page.of(corpus.root(), network.fingerprint(), watched(network), options.square);
      OcclusionWork work = new OcclusionWork(pictures, names, options.square, options.map);
      page.write(occluded(prepared, network, work, progress));
      output.complete();
    }
  }

  private OnnxNetwork stage(String model, Options options) {
    if (!CnnFormat.isNetwork(model)) {
      throw new UserErrorException(
          "model %s: expected a network in an ONNX file (.onnx); visualize shows what a model that was learned here responds to"
              .formatted(model));
    }
    return OnnxNetwork.of(spark, model, options.cnn);
  }

  /** Also finds, before any work, what does not fit the network. */
  private ClassNames names(CnnNetwork network, String model, Options options) {
    Occlusion.of(network, options.square);
    int maps = network.shape(network.depth()).maps();
    if (options.map >= maps) {
      throw new UserErrorException(
          "map: expected from 0 to %d, the maps of %s, got %d"
              .formatted(maps - 1, watched(network), options.map));
    }
    int classes = ClassScores.of(network.graph()).classes();
    return ClassNames.read(spark, options.classNames, model, classes);
  }

  /** The layer's name in the network's file. */
  private static String watched(CnnNetwork network) {
    return network.nodeName(network.depth());
  }

  private PreparedCorpus prepared(
      ImageCorpus corpus, ImageCrop crop, Options options, Progress progress) {
    PreparedCorpus prepared =
        progress.stage(
            "preprocess",
            "preprocessing %s of %s"
                .formatted(
                    Count.of(Math.min(options.images, corpus.files()), "image"), corpus.root()),
            () ->
                PreparedCorpus.sample(
                    corpus,
                    crop,
                    ExperimentOptions.OnBadImage.SKIP,
                    partitions,
                    options.images,
                    options.seed));
    progress.skipped(prepared.skipped().size());
    return prepared;
  }

  /** By path. */
  private List<OccludedImage> occluded(
      PreparedCorpus prepared, CnnNetwork network, OcclusionWork work, Progress progress) {
    Broadcast<CnnNetwork> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(network);
    try {
      return progress.stage(
          "occlude",
          "sliding a square over " + Count.of(prepared.count(), "image"),
          () ->
              prepared
                  .images()
                  .select("path", "label", "image")
                  .toJavaRDD()
                  .map(row -> occluded(row, shared.value(), work))
                  .collect()
                  .stream()
                  .sorted(Comparator.comparing(OccludedImage::path))
                  .toList());
    } finally {
      shared.unpersist(false);
    }
  }

  /** A failure names its image. */
  private static OccludedImage occluded(Row row, CnnNetwork network, OcclusionWork work) {
    String path = row.getString(0);
    try {
      return work.of(network, path, row.getString(1), FeatureMapsColumn.fromRow(row.getStruct(2)));
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of(path, e);
    }
  }
}
