package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscLayer;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageTooSmallException;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.solve.greedy.TiledCode;
import org.deconvnet.solve.greedy.TiledProblem;
import org.deconvnet.spark.config.OptionException;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.exec.TiledEncoding;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.Preprocessing;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.words.Count;

/**
 * Sparse codes of images that are too large for one task, each cut into tiles that are spread over
 * the cluster ({@link TiledEncoding}). One image after the other. The driver decodes and
 * preprocesses it, and holds it and its code.
 */
public final class TiledEncodingRun {
  /** Partitions for each core, where none are asked for: tiles of a colour are unequal work. */
  private static final int PARTITIONS_A_CORE = 4;

  private final SparkSession spark;
  private final int partitions;
  private final int tileSide;
  private final FeatureFormat format;
  private final List<SkippedFile> skipped = new ArrayList<>();
  private final List<Map<String, Object>> images = new ArrayList<>();

  /**
   * @param partitions 0: four a core
   * @param tileSide a tile owns at most so many rows and columns of places
   * @param format Parquet or NPZ
   */
  public TiledEncodingRun(SparkSession spark, int partitions, int tileSide, FeatureFormat format) {
    this.spark = spark;
    this.partitions =
        partitions > 0 ? partitions : PARTITIONS_A_CORE * spark.sparkContext().defaultParallelism();
    this.tileSide = tileSide;
    this.format = format;
  }

  /** Codes a folder now; once only. */
  public void run(String model, String input, String out, boolean overwrite, PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    ModelFolder folder = ModelFolder.read(spark, model);
    CscLayer layer = CscDictionary.of(folder, model).layer();
    requireRoom(layer.filters().side());
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    skipped.addAll(corpus.refusedFiles());
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1)) {
      TiledCodeFiles files = new TiledCodeFiles(spark, output, format, partitions);
      ImagePreprocessor preprocessor = folder.preprocessor();
      Iterator<Row> all = corpus.read(partitions).toLocalIterator();
      while (all.hasNext()) {
        Row file = all.next();
        FeatureMaps image = decoded(file, preprocessor, progress);
        if (image != null) {
          TiledCode code = coded(file, image, layer, folder.network().getEngine(), progress);
          progress.stage("write", "writing its code", () -> files.write(file, code));
        }
      }
      report(corpus, folder, output, progress);
    }
  }

  private void requireRoom(int filterSide) {
    if (tileSide < filterSide) {
      throw new OptionException(
          "--tiles: expected at least the filters' side, %d, got %d"
              .formatted(filterSide, tileSide));
    }
  }

  /** Null where the file is no usable image. The largest that the decoder can read is one. */
  private FeatureMaps decoded(Row file, ImagePreprocessor stage, Progress progress) {
    Preprocessor preprocessor = new Preprocessor(stage.toOptions());
    String path = file.getString(0);
    try {
      FeatureMaps image =
          progress.stage(
              "preprocess",
              "preprocessing " + path,
              () ->
                  preprocessor.apply(
                      preprocessor.decodeResized(file.getAs(2), DecodeLimits.LOOSEST)));
      int least = stage.getLeastSide();
      return Math.min(image.height(), image.width()) >= least
          ? image
          : skip(path, Preprocessing.tooSmall(image, least), progress);
    } catch (ImageDecodeException | ImageTooSmallException e) {
      return skip(path, e.getMessage(), progress);
    }
  }

  private FeatureMaps skip(String path, String reason, Progress progress) {
    skipped.add(new SkippedFile(path, reason));
    progress.skipped(1);
    progress.say("skipped %s: %s".formatted(path, reason));
    return null;
  }

  private TiledCode coded(
      Row file, FeatureMaps image, CscLayer layer, String engine, Progress progress) {
    TiledProblem problem = layer.tiled(image.shape(), tileSide);
    CodingOptions coding = layer.coding();
    TiledEncoding encoding =
        new TiledEncoding(
            JavaSparkContext.fromSparkContext(spark.sparkContext()), problem, partitions, engine);
    String says =
        "coding %d x %d pixels in %s"
            .formatted(image.height(), image.width(), Count.of(problem.tiling().count(), "tile"));
    TiledCode code =
        progress.stage(
            "encode",
            says,
            () ->
                coding.relative()
                    ? encoding.encodeByShare(coding.lambda(), image, progress::tiles)
                    : encoding.encode(image, progress::tiles));
    tell(file.getString(0), code, progress);
    return code;
  }

  private void tell(String path, TiledCode code, Progress progress) {
    double gap = code.certificate().gap() / code.trace().objective();
    double error = code.trace().squaredError() / code.trace().squaredImage();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("path", path);
    facts.put("tiles", code.tiling().count());
    facts.put("rounds", code.rounds());
    facts.put("entries", code.trace().nonZeros());
    facts.put("objective", code.trace().objective());
    facts.put("relative_error", finite(error));
    facts.put("gap", finite(gap));
    facts.put("settled", code.certificate().settled());
    images.add(facts);
    progress.say(
        String.format(
            Locale.ROOT,
            "%s: %s, relative error %.4f%s",
            path,
            Count.grouped(code.trace().nonZeros(), "non-zero"),
            error,
            code.certificate().settled() ? "" : "; stopped at the largest work before it settled"));
  }

  /** Of an image without anything in it there is no share. */
  private static Double finite(double share) {
    return Double.isFinite(share) ? share : null;
  }

  private void report(
      ImageCorpus corpus, ModelFolder folder, OutputFolder output, Progress progress) {
    if (images.isEmpty()) {
      throw ImageCorpus.withoutImages(corpus.root(), skipped);
    }
    output.write(
        "metrics.json",
        new Metrics()
            .put("images", images.size())
            .put("fingerprint", folder.network().network().fingerprint())
            .put("tile_side", tileSide)
            .put("codes", images)
            .put("upright", folder.preprocessor().getUpright())
            .skipped(skipped)
            .time(progress)
            .toJson());
    output.complete();
    progress.say(Metrics.sayWhereNamed(skipped, output));
    progress.say("codes: " + output.display(TiledCodeFiles.FOLDER));
  }
}
