package org.deconvnet.spark.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.classify.SplitStatistics;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.CorpusSplit;
import org.deconvnet.spark.corpus.CorpusSplit.Role;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.evaluate.SplitResult;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;

/** What a benchmark found, as a page, as metrics and on the terminal. */
public final class BenchmarkReport {
  private final ExperimentOptions options;
  private final ImageCorpus corpus;
  private final PreparedCorpus prepared;
  private final OutputFolder output;
  private final Progress progress;

  public BenchmarkReport(
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

  /**
   * @param baseline by raw pixels, or null
   */
  public void write(List<SplitResult> results, Outcome baseline) {
    SplitResult first = results.get(0);
    String headline = first.tested().keySet().iterator().next();
    Map<String, String> facts = facts(results, headline, baseline);
    RunReport page = new RunReport("Deconvolutional network benchmark").facts(facts);
    page.table(
        "By combination of kernels",
        List.of("kernels", "mean of the classes' rates", "C"),
        table(results));
    progress.stage(
        "report", "drawing the report", () -> page.network(first.training(), first.pictured()));
    page.confusion(first.outcome(headline))
        .prepared(prepared)
        .configuration(options)
        .seconds(progress.seconds());
    output.write("report.html", page.toHtml());
    output.write("metrics.json", metrics(results, headline, baseline).toJson());
    facts.forEach((name, value) -> progress.say(name + ": " + value));
    table(results).forEach(row -> progress.say("  " + row.get(0) + ": " + row.get(1)));
    progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
    progress.say("report: " + output.display("report.html"));
  }

  private Metrics metrics(List<SplitResult> results, String headline, Outcome baseline) {
    SplitResult first = results.get(0);
    Metrics metrics =
        new Metrics()
            .accuracy(outcomes(results, headline))
            .put("splits", results.size())
            .put("train_images", first.split().count(Role.TRAIN))
            .put("test_images", first.split().count(Role.TEST))
            .put("seed", options.seed())
            .prepared(prepared)
            .training(first.training())
            .put("seconds", progress.seconds());
    if (baseline != null) {
      metrics.put("baseline_raw_pixels", baseline.meanPerClassRate());
    }
    Map<String, Object> all = new LinkedHashMap<>();
    for (String name : first.tested().keySet()) {
      all.put(name, combination(results, name));
    }
    return metrics.put("combinations", all);
  }

  private static Map<String, Object> combination(List<SplitResult> results, String name) {
    SplitStatistics statistics = statistics(results, name);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("accuracy_mean_per_class", statistics.mean());
    values.put("accuracy_std", statistics.standardDeviation());
    values.put(
        "accuracy_per_split",
        outcomes(results, name).stream().map(Outcome::meanPerClassRate).toList());
    values.put("c_per_split", results.stream().map(r -> r.tested().get(name).c()).toList());
    return values;
  }

  private static List<Outcome> outcomes(List<SplitResult> results, String name) {
    return results.stream().map(result -> result.outcome(name)).toList();
  }

  private static SplitStatistics statistics(List<SplitResult> results, String name) {
    return SplitStatistics.of(
        outcomes(results, name).stream().mapToDouble(Outcome::meanPerClassRate).toArray());
  }

  private static String rate(List<SplitResult> results, String name) {
    SplitStatistics statistics = statistics(results, name);
    return Outcome.percent(statistics.mean())
        + (results.size() < 2
            ? " (one split)"
            : " ± %s over %d splits"
                .formatted(Outcome.percent(statistics.standardDeviation()), results.size()));
  }

  private static List<List<String>> table(List<SplitResult> results) {
    List<List<String>> rows = new ArrayList<>();
    for (String name : results.get(0).tested().keySet()) {
      rows.add(
          List.of(
              name,
              rate(results, name),
              results.stream().map(r -> r.tested().get(name).c()).distinct().toList().toString()));
    }
    return rows;
  }

  private Map<String, String> facts(List<SplitResult> results, String headline, Outcome baseline) {
    CorpusSplit split = results.get(0).split();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put("classes", Integer.toString(prepared.classes().size()));
    facts.put("images", split.count(Role.TRAIN) + " training, " + split.count(Role.TEST) + " test");
    facts.put("accuracy (mean of the classes' rates)", rate(results, headline));
    facts.put("chance", Outcome.percent(1.0 / prepared.classes().size()));
    if (baseline != null) {
      facts.put("raw pixels, linear classifier", Outcome.percent(baseline.meanPerClassRate()));
    }
    return facts;
  }
}
