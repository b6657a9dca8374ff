package org.deconvnet.spark.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deconvnet.classify.SplitStatistics;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.page.Bar;
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
import org.deconvnet.words.Count;

/** What a benchmark found, as a page, as metrics and on the terminal. */
public final class BenchmarkReport {
  private static final String PIXELS = "raw pixels, linear classifier";

  private final ExperimentOptions options;
  private final ImageCorpus corpus;
  private final PreparedCorpus prepared;
  private final OutputFolder output;
  private final Progress progress;
  private final Source source;

  /**
   * Where a benchmark's network and classes come from.
   *
   * @param model the model folder whose network is used; null: it was learned in the run
   * @param firstClasses so many classes were asked for, by name; 0: all
   */
  public record Source(String model, int firstClasses) {}

  public BenchmarkReport(
      ExperimentOptions options,
      ImageCorpus corpus,
      PreparedCorpus prepared,
      Source source,
      OutputFolder output,
      Progress progress) {
    this.source = source;
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
    Map<String, String> facts = facts(results, baseline);
    RunReport page =
        RunReport.titled("Benchmark", first.network().network())
            .of(
                corpus.root(),
                first.network().network(),
                source.model() == null ? "" : source.model())
            .keyFigure(figure(results, headline), says(results))
            .facts(facts)
            .bars("Beside other results", bars(results, baseline), comparison());
    page.table(
        "By combination of kernels",
        List.of("kernels", "mean of the classes' rates", "C"),
        table(results));
    layers(results)
        .ifPresent(rates -> page.table("By layer, each alone", LayerRates.COLUMNS, rates.rows()));
    progress.stage("report", "drawing the report", () -> draw(page, first, headline));
    page.prepared(prepared);
    configuration(page).time(progress);
    output.write("report.html", page.toHtml());
    output.write("metrics.json", metrics(results, headline, baseline).toJson());
    facts.forEach((name, value) -> progress.say(name + ": " + value));
    progress.say("accuracy (mean of the classes' rates): " + rate(results, headline));
    table(results).forEach(row -> progress.say("  " + row.get(0) + ": " + row.get(1)));
    progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
    progress.say("report: " + output.display("report.html"));
  }

  private RunReport draw(RunReport page, SplitResult first, String headline) {
    List<String> trainIds = first.split().ids(Role.TRAIN);
    first
        .network()
        .training()
        .ifPresent(
            training ->
                page.network(
                    training,
                    ActivationTiles.of(training, prepared, trainIds, options.seed()),
                    first.pictured()));
    return page.confusion(
            first.outcome(headline),
            Count.of(first.split().count(Role.TEST), "test image") + " of the first split")
        .mistakes(MistakePictures.of(corpus, first.mistakes(headline), prepared.upright()));
  }

  /** Of a network of a file with kernels that are tested alone: its layers have names. */
  private Optional<LayerRates> layers(List<SplitResult> results) {
    return results
        .get(0)
        .network()
        .network()
        .as(CnnNetwork.class)
        .map(network -> LayerRates.of(network, options, name -> rate(results, name)))
        .filter(rates -> !rates.layers().isEmpty());
  }

  private RunReport configuration(RunReport page) {
    return source.model() == null
        ? page.configuration(options)
        : page.configurationBeside(source.model(), options);
  }

  private static String figure(List<SplitResult> results, String headline) {
    SplitStatistics statistics = statistics(results, headline);
    return results.size() < 2
        ? Outcome.percent(statistics.mean())
        : String.format(
            Locale.ROOT,
            "%.1f ± %.1f %%",
            100 * statistics.mean(),
            100 * statistics.standardDeviation());
  }

  private static String says(List<SplitResult> results) {
    return "accuracy: mean of the classes' rates on %s, %s"
        .formatted(
            Count.of(results.get(0).split().count(Role.TEST), "test image"),
            results.size() < 2
                ? "one split"
                : "mean ± standard deviation over %d splits".formatted(results.size()));
  }

  /** This run's combinations, then what papers report of the same protocol, then what is easy. */
  private List<Bar> bars(List<SplitResult> results, Outcome baseline) {
    List<Bar> bars = new ArrayList<>();
    for (String name : results.get(0).tested().keySet()) {
      double mean = statistics(results, name).mean();
      bars.add(new Bar(name, mean, Outcome.percent(mean), Bar.Kind.OURS));
    }
    bars.addAll(published());
    if (baseline != null) {
      double rate = baseline.meanPerClassRate();
      bars.add(new Bar(PIXELS, rate, Outcome.percent(rate), Bar.Kind.REFERENCE));
    }
    double chance = 1.0 / prepared.classes().size();
    bars.add(new Bar("chance", chance, Outcome.percent(chance), Bar.Kind.REFERENCE));
    return bars;
  }

  private List<Bar> published() {
    return options.split().validate()
        ? List.of()
        : PublishedRates.of(prepared.classes(), options.split().trainPerClass());
  }

  private String comparison() {
    return published().isEmpty()
        ? "Blue: this run. Grey: to compare with. No published number is known of this corpus and"
            + " this many training images."
        : "Blue: this run. Hatched: the papers' own numbers, for as many training images a class;"
            + " their splits are others. Grey: to compare with.";
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
            .prepared(prepared);
    first
        .network()
        .training()
        .ifPresentOrElse(
            metrics::training,
            () -> metrics.put("fingerprint", first.network().network().fingerprint()));
    metrics.time(progress);
    if (baseline != null) {
      metrics.put("baseline_raw_pixels", baseline.meanPerClassRate());
    }
    Map<String, Object> all = new LinkedHashMap<>();
    for (String name : first.tested().keySet()) {
      all.put(name, combination(results, name));
    }
    metrics.put("combinations", all);
    layers(results).ifPresent(rates -> metrics.put("layers_alone", rates.facts()));
    return metrics;
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
              results.stream()
                  .map(result -> plain(result.tested().get(name).c()))
                  .distinct()
                  .collect(Collectors.joining(", "))));
    }
    return rows;
  }

  /** Without a point where it is a whole number. */
  private static String plain(double c) {
    return BigDecimal.valueOf(c).stripTrailingZeros().toPlainString();
  }

  private Map<String, String> facts(List<SplitResult> results, Outcome baseline) {
    CorpusSplit split = results.get(0).split();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put("classes", classes());
    if (source.model() != null) {
      facts.put("network of the model", source.model());
    }
    facts.put("images", split.count(Role.TRAIN) + " training, " + split.count(Role.TEST) + " test");
    facts.put("chance", Outcome.percent(1.0 / prepared.classes().size()));
    if (baseline != null) {
      facts.put(PIXELS, Outcome.percent(baseline.meanPerClassRate()));
    }
    return facts;
  }

  private String classes() {
    int classes = prepared.classes().size();
    return source.firstClasses() == 0
        ? Integer.toString(classes)
        : "%d, the first by name".formatted(classes);
  }
}
