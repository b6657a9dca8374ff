package org.deconvnet.network.cnn;

import java.io.Serializable;
import java.util.LinkedHashMap;

/**
 * The numbers to remember of {@link OcclusionMaps}; their size follows the classes that occur, not
 * the places.
 *
 * @param map that is watched, from 0
 * @param activity its sum, nothing covered
 * @param leastActivity the least with the square somewhere
 * @param label number of the class whose probability is watched
 * @param probability of that class, nothing covered, from 0 to 1
 * @param leastProbability the least with the square somewhere
 * @param predicted most probable class, nothing covered
 * @param classShares for each class that is the most probable one somewhere, the share of such
 *     places; the watched class first, then from the most frequent on
 */
public record OcclusionSummary(
    int map,
    double activity,
    Least leastActivity,
    int label,
    double probability,
    Least leastProbability,
    int predicted,
    LinkedHashMap<Integer, Double> classShares)
    implements Serializable {
  /**
   * A least number, and the square that it is of.
   *
   * @param top the square's first row, in pixels
   * @param left its first column
   */
  public record Least(double value, int top, int left) implements Serializable {}
}
