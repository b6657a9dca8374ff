package org.deconvnet.spark.corpus;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.words.Count;

/**
 * Training and test images of one random split, class by class, from the ids and the seed alone:
 * the same for any partitioning and any order of reading. Immutable.
 */
public final class CorpusSplit implements Serializable {
  private static final long serialVersionUID = 1;

  /** What an image is used for. */
  public enum Role {
    TRAIN,
    TEST
  }

  /** An image and its class. */
  public record Labelled(String id, String label) implements Serializable {}

  private final Map<String, Role> roles;

  private CorpusSplit(Map<String, Role> roles) {
    this.roles = Map.copyOf(roles);
  }

  /**
   * Draws a split.
   *
   * @param trainPerClass training images of each class
   * @param mostTestPerClass test images of each class at most; the rest is unused
   * @throws CorpusException if a class has no image left to test with
   */
  public static CorpusSplit draw(
      Collection<Labelled> images, int trainPerClass, int mostTestPerClass, long seed) {
    Map<String, List<String>> byClass = new TreeMap<>();
    images.forEach(i -> byClass.computeIfAbsent(i.label(), label -> new ArrayList<>()).add(i.id()));
    SortedMap<String, Long> small = new TreeMap<>();
    byClass.forEach((label, ids) -> small.put(label, (long) ids.size()));
    small.values().removeIf(count -> count > trainPerClass);
    if (!small.isEmpty()) {
      throw tooSmall(small, trainPerClass);
    }
    Map<String, Role> roles = new HashMap<>();
    byClass.forEach(
        (label, ids) -> {
          ids.sort(Comparator.comparingLong((String id) -> BatchPlan.mix(id, seed)));
          int last = (int) Math.min(ids.size(), (long) trainPerClass + mostTestPerClass);
          for (int i = 0; i < last; i++) {
            roles.put(ids.get(i), i < trainPerClass ? Role.TRAIN : Role.TEST);
          }
        });
    return new CorpusSplit(roles);
  }

  /**
   * What to say of classes without an image left to test with.
   *
   * @param small usable images of each, at least one class
   */
  public static CorpusException tooSmall(SortedMap<String, Long> small, int trainPerClass) {
    String first = small.firstKey();
    String others =
        small.tailMap(first + '\0').entrySet().stream()
            .map(entry -> "'%s' %d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return new CorpusException(
        ("class '%s': expected more than %s (that many train, the rest"
                + " tests), got %d%s; lower --train-per-class or add images")
            .formatted(
                first,
                Count.of(trainPerClass, "usable image"),
                small.get(first),
                others.isEmpty() ? "" : "; too small as well: " + others));
  }

  /**
   * The same training images as {@link #draw}, divided once more: of each class the last ones test
   * and the rest trains. For choosing settings without a look at any test image.
   *
   * @param heldOut training images of each class that test
   */
  public static CorpusSplit drawValidation(
      Collection<Labelled> images, int trainPerClass, int heldOut, long seed) {
    CorpusSplit whole = draw(images, trainPerClass, 1, seed);
    List<Labelled> training =
        images.stream().filter(image -> whole.roleOf(image.id()) == Role.TRAIN).toList();
    return draw(training, trainPerClass - heldOut, heldOut, seed);
  }

  /** What the image is used for, or null if it is not used. */
  public Role roleOf(String id) {
    return roles.get(id);
  }

  /** The images of a role, sorted. */
  public List<String> ids(Role role) {
    return roles.entrySet().stream()
        .filter(entry -> entry.getValue() == role)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  public long count(Role role) {
    return roles.values().stream().filter(r -> r == role).count();
  }
}
