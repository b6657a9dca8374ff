package org.deconvnet.spark.config;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.deconvnet.label.HeadOptions;
import org.deconvnet.label.LearningOptions;
import org.deconvnet.preprocess.LabelDecoder;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * How pixels are labelled, but for the network that frozen layers are of. Immutable and validated.
 *
 * @param rows of what is cut out of the middle of an image, resized to just hold it; 0: of the
 *     first image
 * @param columns of the same; 0 where rows are 0
 * @param classes how many; 0: as many as there are names, or as the largest label says
 * @param names of the classes, for readers; none: numbers
 * @param voidValues labels that mean no class, beside 255
 * @param upright images are turned as their files say; labels are as their images then stand
 * @param mirror true: each image is learned from mirrored, too
 * @param holdOut share of the images that are not learned from, and are measured by; 0: none
 * @param head what the network is made of
 * @param learning how it is learned
 */
public record SegmentOptions(
    int rows,
    int columns,
    int classes,
    List<String> names,
    Set<Integer> voidValues,
    boolean upright,
    boolean mirror,
    double holdOut,
    HeadOptions head,
    LearningOptions learning)
    implements Serializable {
  public static final SegmentOptions DEFAULTS =
      new SegmentOptions(
          0,
          0,
          0,
          List.of(),
          Set.of(),
          true,
          true,
          0,
          HeadOptions.DEFAULTS,
          LearningOptions.DEFAULTS);

  private static final int MOST = 1 << 14;

  public SegmentOptions {
    names = List.copyOf(names);
    voidValues = Set.copyOf(new TreeSet<>(voidValues));
    Checks.between("segment.rows", 0, MOST, rows);
    Checks.between("segment.columns", rows == 0 ? 0 : 1, rows == 0 ? 0 : MOST, columns);
    // Names say how many classes there are before any label is read.
    classes = classes == 0 ? names.size() : classes;
    if (!names.isEmpty()) {
      requireOneEach(names, classes);
    }
    if (!(holdOut >= 0 && holdOut < 1)) {
      throw new UserErrorException("segment.holdOut: expected from 0 and below 1, got " + holdOut);
    }
    new LabelDecoder(classes, voidValues);
  }

  private static void requireOneEach(List<String> names, int classes) {
    if (names.size() != classes) {
      throw new UserErrorException(
          "segment.names: expected one for each of %d classes, got %d"
              .formatted(classes, names.size()));
    }
  }

  /** What reads labels' files. */
  public LabelDecoder decoder() {
    return new LabelDecoder(classes, voidValues);
  }

  /**
   * Names of the classes.
   *
   * @param count how many there are
   */
  public List<String> namesOf(int count) {
    return names.isEmpty() ? IntStream.range(0, count).mapToObj(c -> "class " + c).toList() : names;
  }
}
