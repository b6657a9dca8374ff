package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.spark.config.ExperimentOptions.OnBadImage;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.LabelledCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.ml.PixelLabellingModel;
import org.deconvnet.spark.page.LabelFiles;
import org.deconvnet.spark.page.LabellingReport;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.spark.page.RunReport;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Pipelines;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.words.Count;

/** Labels of the pixels of a folder of images, as PNG files. */
public final class SegmentPredictionRun {
  private final SparkSession spark;
  private final int partitions;

  public SegmentPredictionRun(SparkSession spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  /**
   * @param seed of which images the page shows
   */
  public void run(
      String model, String input, String out, long seed, boolean overwrite, PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    ModelFolder folder = ModelFolder.read(spark, model);
    PixelLabellingModel labelling = folder.labelling();
    ImageCorpus corpus = images(input);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            PreparedCorpus.sized(corpus, folder.crop(), OnBadImage.SKIP, partitions, progress)) {
      Dataset<Row> labelled =
          Pipelines.of("labelling", folder.afterCropping())
              .transform(prepared.images())
              .select(
                  "path",
                  "image",
                  labelling.getOutputCol(),
                  PreparedCorpus.HEIGHT,
                  PreparedCorpus.WIDTH)
              .persist(StorageLevel.MEMORY_AND_DISK());
      LabelFiles files = new LabelFiles(new PictureFolder(spark, output), folder.crop().toCrop());
      progress.stage(
          "label",
          "labelling pixels of " + Count.of(prepared.count(), "image"),
          () -> {
            files.write(labelled);
            return null;
          });
      report(model, corpus, prepared, labelled, folder, seed, output, progress);
      labelled.unpersist();
      output.complete();
    }
  }

  /** Of a labelled corpus the images alone: its labels are no photographs. */
  private ImageCorpus images(String input) {
    ImageCorpus all = ImageCorpus.open(spark, input, Set.of(), 0);
    return all.classes().containsAll(List.of(LabelledCorpus.IMAGES, LabelledCorpus.LABELS))
        ? all.only(Set.of(LabelledCorpus.IMAGES))
        : all;
  }

  private void report(
      String model,
      ImageCorpus corpus,
      PreparedCorpus prepared,
      Dataset<Row> labelled,
      ModelFolder folder,
      long seed,
      OutputFolder output,
      Progress progress) {
    PixelLabellingModel labelling = folder.labelling();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put("model", model);
    facts.put("images", Long.toString(prepared.count()));
    facts.put("fingerprint", labelling.network().fingerprint());
    RunReport page = new RunReport("Labelling pixels").facts(facts);
    new LabellingReport(page, folder.classes())
        .pictures(labelled, "", labelling.getOutputCol(), seed);
    page.prepared(prepared).time(progress);
    output.write("report.html", page.toHtml());
    output.write(
        "metrics.json",
        new Metrics()
            .put("images", prepared.count())
            .put("classes", folder.classes())
            .put("seed", seed)
            .put("fingerprint", labelling.network().fingerprint())
            .prepared(prepared)
            .time(progress)
            .toJson());
    progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
    progress.say("labels: " + output.display(PictureFolder.NAME));
    progress.say("report: " + output.display("report.html"));
  }
}
