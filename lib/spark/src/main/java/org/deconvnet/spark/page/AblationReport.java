package org.deconvnet.spark.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.CorpusSplit.Role;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.evaluate.AblationResult;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.AblationErrors.ImagePair;
import org.deconvnet.spark.exec.AblationErrors.LayerFit;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.FeatureMaps;

/** The ablations' table and pictures, as a page, as metrics and on the terminal. */
public final class AblationReport {
  /** Images that the page shows. */
  public static final int PICTURED = 6;

  private static final List<String> HEADINGS =
      List.of(
          "layer", "variant", "relative error", "non-zeros an image", "mean of the classes' rates");

  private final ExperimentOptions options;
  private final ImageCorpus corpus;
  private final PreparedCorpus prepared;
  private final OutputFolder output;
  private final Progress progress;

  public AblationReport(
      ExperimentOptions options,
      ImageCorpus corpus,
      PreparedCorpus prepared,
      OutputFolder output,
      Progress progress) {
    this.options = options;
    this.corpus = corpus;
    this.prepared = prepared;
    this.output = output;
    this.progress = progress;
  }

  public void write(AblationResult result) {
    List<List<String>> table = table(result);
    Map<String, String> facts = facts(result);
    RunReport page =
        new RunReport("Ablations of the network of 2011")
            .of(corpus.root(), result.networks().get(Ablation.OWN_SWITCHES), "")
            .facts(facts)
            .note(
                "Relative error: Σ‖R p − y‖² / Σ‖y‖² over the test images, p being a layer's pooled"
                    + " code. Altered switches serve the way down alone, so layer 1's maps, which no"
                    + " switches carry down, classify alike; the next image by hashed id is the other"
                    + " image. No rate: no vocabulary describes the layer, or its codes are empty.")
            .table("By layer and variant", HEADINGS, table);
    progress.stage("report", "drawing the report", () -> pictures(page, result));
    page.prepared(prepared).configuration(options).time(progress);
    output.write("report.html", page.toHtml());
    output.write("metrics.json", metrics(result).toJson());
    facts.forEach((name, value) -> progress.say(name + ": " + value));
    say(HEADINGS);
    table.forEach(this::say);
    progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
    progress.say("report: " + output.display("report.html"));
  }

  private void say(List<String> row) {
    progress.say(String.format(Locale.ROOT, "  %-7s %-26s %14s %20s  %s", row.toArray()));
  }

  private static List<List<String>> table(AblationResult result) {
    List<List<String>> rows = new ArrayList<>();
    int depth = result.networks().get(Ablation.OWN_SWITCHES).depth();
    for (int number = 1; number <= depth; number++) {
      for (Ablation ablation : Ablation.values()) {
        Double rate = result.rates().get(ablation).get(number);
        LayerFit fit = result.fits().get(ablation).get(number - 1);
        rows.add(
            List.of(
                Integer.toString(number),
                ablation.title(),
                String.format(Locale.ROOT, "%.3f", fit.relativeError()),
                String.format(Locale.ROOT, "%.0f", fit.nonZeros()),
                rate == null ? "-" : Outcome.percent(rate)));
      }
    }
    return rows;
  }

  private Map<String, String> facts(AblationResult result) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put("classes", Integer.toString(prepared.classes().size()));
    facts.put(
        "images",
        result.split().count(Role.TRAIN)
            + " training, "
            + result.split().count(Role.TEST)
            + " test, one split");
    facts.put(
        "rates by",
        result.kernels().isEmpty()
            ? "no vocabulary describes a layer's maps on a dense grid"
            : String.join(", ", result.kernels().values()));
    facts.put("chance", Outcome.percent(1.0 / prepared.classes().size()));
    return facts;
  }

  /** Each image, then what the top layer's code makes of it under each ablation. */
  private RunReport pictures(RunReport page, AblationResult result) {
    ConvolutionEngine engine = ConvolutionEngines.create(options.network().engine());
    List<List<FeatureMaps>> rows = new ArrayList<>();
    result.pictured().forEach(pair -> rows.add(new ArrayList<>(List.of(pair.image()))));
    List<String> columns = new ArrayList<>(List.of("image"));
    result
        .networks()
        .forEach(
            (ablation, network) -> {
              columns.add(ablation.title());
              Ablation.Inference inference = ablation.of(engine, network);
              for (int i = 0; i < rows.size(); i++) {
                rows.get(i).add(top(inference, result.pictured().get(i), network));
              }
            });
    return page.rows(
        rows,
        columns,
        "Test images, and what the code of the top layer makes of them. A row shares one scale.");
  }

  private static FeatureMaps top(
      Ablation.Inference inference, ImagePair pair, AdaptiveNetwork network) {
    return inference.infer(pair.image(), pair.another()).get(network.depth() - 1).reconstruction();
  }

  private Metrics metrics(AblationResult result) {
    Map<String, Object> layers = new LinkedHashMap<>();
    int depth = result.networks().get(Ablation.OWN_SWITCHES).depth();
    for (int number = 1; number <= depth; number++) {
      Map<String, Object> variants = new LinkedHashMap<>();
      for (Ablation ablation : Ablation.values()) {
        Map<String, Object> values = new LinkedHashMap<>();
        LayerFit fit = result.fits().get(ablation).get(number - 1);
        values.put("relative_reconstruction_error", fit.relativeError());
        values.put("non_zeros_per_image", fit.nonZeros());
        values.put("accuracy_mean_per_class", result.rates().get(ablation).get(number));
        variants.put(ablation.name().toLowerCase(Locale.ROOT), values);
      }
      layers.put("layer" + number, variants);
    }
    Map<String, Object> fingerprints = new LinkedHashMap<>();
    result
        .networks()
        .forEach(
            (ablation, network) ->
                fingerprints.put(ablation.name().toLowerCase(Locale.ROOT), network.fingerprint()));
    return new Metrics()
        .put("ablations", layers)
        .put("kernels", result.kernels())
        .put("fingerprints", fingerprints)
        .put("classes", prepared.classes().size())
        .put("train_images", result.split().count(Role.TRAIN))
        .put("test_images", result.split().count(Role.TEST))
        .put("seed", options.seed())
        .prepared(prepared)
        .time(progress);
  }
}
