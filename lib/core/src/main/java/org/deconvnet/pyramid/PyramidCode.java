package org.deconvnet.pyramid;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deconvnet.tensor.UserErrorException;

/**
 * How an image becomes a pyramid: by words, with a {@link Coding} of descriptors whose weights are
 * summed to histograms or pooled to maxima, or by its maps themselves. Thread-safe.
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
  SPARSE(false),
  /** No words: the largest magnitude of each map, {@link MapPyramid}. */
  MAPS(false);

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

  /** How descriptors are coded by words; empty where there are none. */
  public Optional<Coding> coding() {
    return switch (this) {
      case HARD -> Optional.of(new HardAssignment());
      case SOFT, SOFTMAX -> Optional.of(SoftAssignment.DEFAULTS);
      case LLC -> Optional.of(LocalityConstrainedCoding.DEFAULTS);
      case SPARSE -> Optional.of(SparseCoding.DEFAULTS);
      case MAPS -> Optional.empty();
    };
  }

  /** Whether descriptors are coded by words, which have to be learned. */
  public boolean byWords() {
    return this != MAPS;
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
