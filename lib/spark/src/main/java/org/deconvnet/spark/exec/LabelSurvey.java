package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.deconvnet.label.ClassBalance;
import org.deconvnet.label.LabelMap;
import org.deconvnet.label.LabelledMaps;
import org.deconvnet.label.MapScale;
import org.deconvnet.label.MapStatistics;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.spark.checkpoint.RunIdentity;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * What one pass over images tells before any learning: how often classes are seen, how large maps
 * are, and which images there are. Not thread-safe.
 */
final class LabelSurvey implements Mergeable<LabelSurvey> {
  private static final long serialVersionUID = 1;

  private final ClassBalance balance = new ClassBalance();
  private final List<MapStatistics> statistics = new ArrayList<>();
  private final List<Integer> maps = new ArrayList<>();
  private RunIdentity.Images images = RunIdentity.Images.NONE;

  private LabelSurvey() {}

  /**
   * @throws UserErrorException if there is no image
   */
  static LabelSurvey of(JavaRDD<LabelledMaps> images) {
    LabelSurvey all = images.mapPartitions(LabelSurvey::over).treeReduce((a, b) -> merged(a, b));
    if (all.maps.isEmpty()) {
      throw new UserErrorException("labelling: expected at least one image, got none");
    }
    return all;
  }

  private static Iterator<LabelSurvey> over(Iterator<LabelledMaps> part) {
    LabelSurvey survey = new LabelSurvey();
    part.forEachRemaining(survey::add);
    return List.of(survey).iterator();
  }

  private static LabelSurvey merged(LabelSurvey a, LabelSurvey b) {
    a.merge(b);
    return a;
  }

  private void add(LabelledMaps image) {
    balance.add(image.labels());
    if (maps.isEmpty()) {
      image.inputs().forEach(input -> grow(input.maps()));
    }
    for (int i = 0; i < maps.size(); i++) {
      try {
        statistics.get(i).add(image.inputs().get(i));
      } catch (IllegalArgumentException e) {
        throw UserErrorException.of(image.id(), e);
      }
    }
    images = images.plus(new RunIdentity.Images(1, digest(image)));
  }

  private void grow(int input) {
    maps.add(input);
    statistics.add(new MapStatistics(input));
  }

  private static long digest(LabelledMaps image) {
    long digest = 0;
    for (FeatureMaps input : image.inputs()) {
      digest = 31 * digest + RunIdentity.Images.of(image.id(), input).digest();
    }
    LabelMap labels = image.labels();
    return BatchPlan.mix(image.id() + ' ' + Arrays.hashCode(labels.values()), digest);
  }

  @Override
  public void merge(LabelSurvey other) {
    balance.merge(other.balance);
    images = images.plus(other.images);
    if (maps.isEmpty()) {
      other.maps.forEach(this::grow);
    }
    for (int i = 0; i < other.maps.size(); i++) {
      statistics.get(i).merge(other.statistics.get(i));
    }
  }

  ClassBalance balance() {
    return balance;
  }

  /** Maps of each input. */
  List<Integer> maps() {
    return maps;
  }

  /** What brings each input's maps to a common scale. */
  List<MapScale> scales() {
    return statistics.stream().map(MapStatistics::scale).toList();
  }

  RunIdentity.Images images() {
    return images;
  }
}
