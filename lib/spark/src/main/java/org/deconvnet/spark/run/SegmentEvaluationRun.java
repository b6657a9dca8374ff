package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.label.LabelCounts;
import org.deconvnet.preprocess.LabelDecoder;
import org.deconvnet.spark.config.ExperimentOptions.OnBadImage;
import org.deconvnet.spark.config.SegmentExperiment;
import org.deconvnet.spark.corpus.LabelledCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.LabelledImages;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.LabelMeasures;
import org.deconvnet.spark.ml.PixelLabellingModel;
import org.deconvnet.spark.page.LabellingReport;
import org.deconvnet.spark.page.RunReport;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Pipelines;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.words.Count;

/** How well a model labels pixels of images whose labels are known. */
public final class SegmentEvaluationRun {
  private final SparkSession spark;
  private final int partitions;

  public SegmentEvaluationRun(SparkSession spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  /**
   * @param read what a model's configuration says, which labels mean no class among it
   * @param seed of which images the page shows
   */
  public void run(
      String model,
      String input,
      String out,
      Function<String, SegmentExperiment> read,
      long seed,
      boolean overwrite,
      PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    ModelFolder folder = ModelFolder.read(spark, model);
    PixelLabellingModel labelling = folder.labelling();
    int classes = labelling.network().classes();
    Set<Integer> voidValues =
        folder.configuration().map(read).map(o -> o.segment().voidValues()).orElse(Set.of());
    LabelDecoder decoder = new LabelDecoder(classes, voidValues);
    LabelledCorpus corpus = LabelledCorpus.open(spark, input);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            progress.stage(
                "preprocess",
                "reading images and labels of " + corpus.root(),
                () ->
                    LabelledImages.of(
                        corpus, folder.crop(), decoder, OnBadImage.SKIP, partitions))) {
      progress.skipped(prepared.skipped().size());
      Dataset<Row> labelled =
          Pipelines.of("labelling", folder.afterCropping())
              .transform(prepared.images())
              .select("path", "image", LabelledImages.LABELS, labelling.getOutputCol())
              .persist(StorageLevel.MEMORY_AND_DISK());
      LabelCounts counts =
          progress.stage(
              "label",
              "labelling pixels of " + Count.of(prepared.count(), "image"),
              () ->
                  LabelMeasures.of(
                      labelled.select(LabelledImages.LABELS, labelling.getOutputCol()), classes));
      report(model, corpus, prepared, labelled, counts, folder, seed, output, progress);
      labelled.unpersist();
      output.complete();
    }
  }

  private void report(
      String model,
      LabelledCorpus corpus,
      PreparedCorpus prepared,
      Dataset<Row> labelled,
      LabelCounts counts,
      ModelFolder folder,
      long seed,
      OutputFolder output,
      Progress progress) {
    List<String> names = folder.classes();
    PixelLabellingModel labelling = folder.labelling();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put("model", model);
    facts.put("images", Long.toString(prepared.count()));
    facts.put("fingerprint", labelling.network().fingerprint());
    RunReport page = new RunReport("Labelling pixels: evaluation").facts(facts);
    new LabellingReport(page, names)
        .measures(counts, Count.of(prepared.count(), "image"))
        .pictures(labelled, LabelledImages.LABELS, labelling.getOutputCol(), seed);
    page.prepared(prepared).time(progress);
    output.write("report.html", page.toHtml());
    output.write(
        "metrics.json",
        LabellingReport.put(new Metrics(), counts, names)
            .put("images", prepared.count())
            .put("seed", seed)
            .put("fingerprint", labelling.network().fingerprint())
            .prepared(prepared)
            .time(progress)
            .toJson());
    progress.say(
        "mean IU %.3f, pixel accuracy %.3f, mean accuracy %.3f, frequency-weighted IU %.3f"
            .formatted(
                counts.meanIu(),
                counts.pixelAccuracy(),
                counts.meanAccuracy(),
                counts.frequencyWeightedIu()));
    progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
    progress.say("report: " + output.display("report.html"));
  }
}
