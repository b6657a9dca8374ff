package org.deconvnet.spark.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.classify.SplitStatistics;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.words.Count;

/** Collects what {@code metrics.json} holds. Keys are stable: programs read them. */
public final class Metrics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> values = new LinkedHashMap<>();

  public Metrics put(String key, Object value) {
    values.put(key, value);
    return this;
  }

  /** Accuracy over splits, in shares of 1. */
  public Metrics accuracy(List<Outcome> splits) {
    SplitStatistics statistics =
        SplitStatistics.of(splits.stream().mapToDouble(Outcome::meanPerClassRate).toArray());
    put("accuracy_mean_per_class", statistics.mean());
    put("accuracy_std", statistics.standardDeviation());
    put("accuracy_per_split", splits.stream().map(Outcome::meanPerClassRate).toList());
    put("accuracy_overall", splits.get(0).matrix().overall());
    put("chance", 1.0 / splits.get(0).labels().size());
    return put("classes", splits.get(0).labels().size());
  }

  /** How a corpus was prepared. */
  public interface Preparation {
    /** Whether photographs were turned as their cameras say. */
    boolean upright();

    /** Files that were no usable images. */
    List<SkippedFile> skipped();

    /** Class folders without a usable image. */
    List<String> emptyClasses();
  }

  /** How a corpus was prepared, and what of it was left out. */
  public Metrics prepared(Preparation corpus) {
    return put("upright", corpus.upright())
        .skipped(corpus.skipped())
        .put("empty_classes", corpus.emptyClasses());
  }

  public Metrics skipped(List<SkippedFile> files) {
    put("skipped_files", files.size());
    return put(
        "skipped",
        files.stream().map(f -> Map.of("path", f.path(), "reason", f.reason())).toList());
  }

  /** For the terminal: how many files were not used, and where each of them is named. */
  public static String sayWhereNamed(List<SkippedFile> skipped, OutputFolder output) {
    int count = skipped.size();
    return count == 0
        ? "0 files skipped"
        : "%s skipped (%s names %s)"
            .formatted(
                Count.of(count, "file"),
                output.display("metrics.json"),
                count == 1 ? "it" : "them");
  }

  public Metrics training(TrainedNetwork<?> trained) {
    put("engine", trained.engine());
    put("fingerprint", trained.network().fingerprint());
    if (!trained.trainedHere()) {
      return this;
    }
    List<Map<String, Object>> layers = new ArrayList<>();
    for (int l = 0; l < trained.network().depth(); l++) {
      layers.add(layer(trained.epochs().get(l), trained.last().get(l)));
    }
    put("network_images", trained.last().get(0).images());
    return put("layers", layers);
  }

  private static Map<String, Object> layer(List<LayerProgress> epochs, LayerProgress last) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("objective_per_epoch", epochs.stream().map(LayerProgress::objective).toList());
    layer.put("data_term_per_epoch", epochs.stream().map(LayerProgress::dataTerm).toList());
    layer.put("sparsity_per_epoch", epochs.stream().map(LayerProgress::sparsity).toList());
    layer.put("objective", last.objective());
    layer.put("relative_reconstruction_error", last.relativeError());
    layer.put("sparsity", last.density());
    return layer;
  }

  /** Seconds of each stage, and of the parts of a layer's rounds where a network was learned. */
  public Metrics time(Progress progress) {
    if (!progress.rounds().isEmpty()) {
      put("round_seconds", progress.rounds());
    }
    return put("seconds", progress.seconds());
  }

  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("metrics are plain data", e);
    }
  }
}
