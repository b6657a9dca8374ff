package org.deconvnet.network.cnn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What becomes of an image when a square covers a part of it, place by place.
 *
 * @param grid the places, by which all arrays are ordered
 * @param map that is watched, from 0
 * @param activity its sum over all places of the map, nothing covered
 * @param activities the same sum, with the square at each place
 * @param label number of the class whose probability is watched
 * @param probability of that class, nothing covered, from 0 to 1
 * @param probabilities the same, with the square at each place
 * @param predicted most probable class, nothing covered
 * @param classes most probable class, with the square at each place
 */
public record OcclusionMaps(
    OcclusionGrid grid,
    int map,
    double activity,
    double[] activities,
    int label,
    double probability,
    double[] probabilities,
    int predicted,
    int[] classes) {

  /** The place at which the probability is least, the first of equals. */
  public int leastProbable() {
    return least(probabilities);
  }

  private static int least(double[] values) {
    return IntStream.range(0, values.length)
        .reduce((best, i) -> values[i] < values[best] ? i : best)
        .orElseThrow();
  }

  /** The largest activity, covered or not. */
  public double mostActivity() {
    return Math.max(activity, Arrays.stream(activities).max().orElseThrow());
  }

  public OcclusionSummary summary() {
    return new OcclusionSummary(
        map,
        activity,
        at(activities),
        label,
        probability,
        at(probabilities),
        predicted,
        classShares());
  }

  private OcclusionSummary.Least at(double[] values) {
    int place = least(values);
    return new OcclusionSummary.Least(values[place], grid.top(place), grid.left(place));
  }

  /** The watched class comes first, then the others from the most frequent on. */
  private LinkedHashMap<Integer, Double> classShares() {
    Map<Integer, Integer> counts = new TreeMap<>();
    Arrays.stream(classes).forEach(c -> counts.merge(c, 1, Integer::sum));
    LinkedHashMap<Integer, Double> shares = new LinkedHashMap<>();
    shares.put(label, counts.getOrDefault(label, 0) / (double) classes.length);
    counts.entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getValue(), a.getValue()))
        .forEach(e -> shares.put(e.getKey(), e.getValue() / (double) classes.length));
    return shares;
  }
}
