package org.deconvnet.pyramid;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.deconvnet.tensor.UserErrorException;

/**
 * How descriptors become a pyramid: a {@link Coding}, and whether the words' weights are summed to
 * histograms or pooled to maxima. Thread-safe.
 */
public enum PyramidCode {
  /** Nearest word, summed: Lazebnik et al., 2006. */
  HARD(true),
  /** Soft weights over five words, summed. */
  SOFT(true),
  /** Soft weights over five words, pooled to maxima: Liu et al., 2011. */
  SOFTMAX(false),
  /** Locality-constrained linear coding over five words, pooled to maxima: Wang et al., 2010. */
  LLC(false),
  /** Sparse weights without signs over words at unit norm, pooled to maxima: Yang et al., 2009. */
  SPARSE(false);

  private final boolean summed;

  PyramidCode(boolean summed) {
    this.summed = summed;
  }

  /**
   * The code of a name in lower case.
   *
   * @throws IllegalArgumentException naming all of them
   */
  public static PyramidCode named(String name) {
    return Arrays.stream(values())
        .filter(code -> code.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserErrorException(
                    "coding: expected one of %s, got '%s'"
                        .formatted(
                            Arrays.stream(values())
                                .map(PyramidCode::toString)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  public Coding coding() {
    return switch (this) {
      case HARD -> new HardAssignment();
      case SOFT, SOFTMAX -> SoftAssignment.DEFAULTS;
      case LLC -> LocalityConstrainedCoding.DEFAULTS;
      case SPARSE -> SparseCoding.DEFAULTS;
    };
  }

  /** Whether it has words of its own, learned for sparse weights; the others share K-means'. */
  public boolean sparse() {
    return this == SPARSE;
  }

  /** Whether pyramids are histograms; if not, they are maxima at unit norm. */
  public boolean summed() {
    return summed;
  }

  /** What its weights of so many words are pooled in. */
  PyramidPooling pooling(SpatialPyramid pyramid, int words) {
    return summed ? pyramid.sums(words) : pyramid.maxima(words);
  }

  /** The name as configurations write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
