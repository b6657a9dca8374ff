package org.deconvnet.spark.page;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deconvnet.network.cnn.OcclusionSummary;
import org.deconvnet.spark.store.ClassNames;

/**
 * What a square that slides over an image has shown.
 *
 * @param path id of the image
 * @param labelled whether the watched class is that of the image's folder
 */
public record OccludedImage(String path, boolean labelled, OcclusionSummary summary)
    implements Serializable {
  /** Names of the pictures that tasks draw, by the order of the page's columns. */
  public static final String IMAGE = "image";

  public static final String COVERED = "covered";
  public static final String PROBABILITY = "probability";
  public static final String ACTIVITY = "activity";
  public static final String CLASSES = "classes";

  /** For programs. */
  Map<String, Object> metrics(ClassNames names) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("path", path);
    line.put("class", names.of(summary.label()));
    line.put("class_of_folder", labelled);
    line.put("probability", summary.probability());
    line.put("least_probability", least(summary.leastProbability()));
    line.put("predicted", names.of(summary.predicted()));
    line.put("map", summary.map());
    line.put("activity", summary.activity());
    line.put("least_activity", least(summary.leastActivity()));
    Map<String, Double> shares = new LinkedHashMap<>();
    summary
        .classShares()
        .forEach((number, share) -> shares.merge(names.of(number), share, Double::sum));
    line.put("class_shares", shares);
    return line;
  }

  private static Map<String, Object> least(OcclusionSummary.Least least) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("value", least.value());
    line.put("row", least.top());
    line.put("column", least.left());
    return line;
  }
}
