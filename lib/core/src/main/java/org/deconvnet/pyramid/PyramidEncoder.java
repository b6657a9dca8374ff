package org.deconvnet.pyramid;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deconvnet.describe.DescriptorParts;
import org.deconvnet.describe.Descriptors;
import org.deconvnet.kernels.ArrayKernels;

/**
 * Images' pyramids, one a code: a part of an image's descriptors is made, coded and pooled before
 * the next one is. Codes of one codebook share one search for the nearest words. Thread-safe.
 */
public final class PyramidEncoder {
  private final SpatialPyramid pyramid;
  private final List<PyramidCode> codes;
  private final List<Coding> codings;
  private final Function<PyramidCode, Codebook> words;
  private final ArrayKernels kernels;

  /**
   * @param codes each by words
   * @param words the codebook of a code; sparse ones have their own
   * @param kernels any: all give the same bits
   * @throws IllegalArgumentException if a code has no words
   */
  public PyramidEncoder(
      PyramidOptions pyramid,
      List<PyramidCode> codes,
      Function<PyramidCode, Codebook> words,
      ArrayKernels kernels) {
    this.pyramid = new SpatialPyramid(pyramid);
    this.codes = List.copyOf(codes);
    this.codings = codes.stream().map(PyramidEncoder::coding).toList();
    this.words = words;
    this.kernels = kernels;
  }

  private static Coding coding(PyramidCode code) {
    return code.coding()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "pyramid encoder: expected codes by words, got " + code));
  }

  /**
   * The pyramids of one image, in the order of the codes.
   *
   * @throws IllegalArgumentException if the descriptors' dimension is not the words'
   */
  public List<SparseHistogram> encode(DescriptorParts image) {
    List<PyramidPooling> poolings =
        codes.stream().map(code -> code.pooling(pyramid, words.apply(code).words())).toList();
    for (Descriptors part : image) {
      add(part, poolings);
    }
    return poolings.stream().map(PyramidPooling::pyramid).toList();
  }

  private void add(Descriptors part, List<PyramidPooling> poolings) {
    Map<Codebook, NearestWords> nearest = new HashMap<>();
    for (int i = 0; i < codes.size(); i++) {
      Codebook book = words.apply(codes.get(i));
      NearestWords found =
          nearest.computeIfAbsent(
              book, key -> NearestWords.of(part, key, neighbours(key), kernels));
      poolings.get(i).add(part, codings.get(i).code(part, book, found));
    }
  }

  /** As many as the code of that codebook wants that reads most. */
  private int neighbours(Codebook book) {
    return IntStream.range(0, codes.size())
        .filter(i -> words.apply(codes.get(i)) == book)
        .map(i -> codings.get(i).neighbours())
        .max()
        .orElse(1);
  }
}
