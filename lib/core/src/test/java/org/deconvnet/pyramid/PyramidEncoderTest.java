package org.deconvnet.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.deconvnet.describe.ActivationDescriptors;
import org.deconvnet.describe.ActivationOptions;
import org.deconvnet.describe.ActivationResponse;
import org.deconvnet.describe.ActivationResponses;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.describe.DescriptorParts;
import org.deconvnet.describe.DescriptorWeights;
import org.deconvnet.describe.Descriptors;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PyramidEncoderTest {
  private static final ArrayKernels KERNELS = new ScalarConvolutionEngine().kernels();
  private static final List<PyramidCode> CODES =
      Arrays.stream(PyramidCode.values()).filter(PyramidCode::byWords).toList();
  private static final Shape FRAME = new Shape(3, 44, 58);
  private static final int WORDS = 40;

  /** An activation at a time, and all descriptors in one list as one search: the same bits. */
  @ParameterizedTest
  @EnumSource
  void partByPartIsAllAtOnce(DescriptorWeights weights) {
    DescriptorParts image = image(weights);
    Codebook words = words(1);
    Codebook sparse = words(2).atUnitNorm();
    PyramidOptions levels = PyramidOptions.DEFAULTS;
    List<SparseHistogram> got =
        new PyramidEncoder(levels, CODES, code -> code.sparse() ? sparse : words, KERNELS)
            .encode(image);
    Descriptors all = AllParts.of(image);
    assertThat(all.count()).isEqualTo(image.count()).isGreaterThan(300);
    SpatialPyramid pyramid = new SpatialPyramid(levels);
    for (int i = 0; i < got.size(); i++) {
      PyramidCode code = CODES.get(i);
      Coding coding = code.coding().orElseThrow();
      WordWeights coded = coding.code(all, code.sparse() ? sparse : words, KERNELS);
      SparseHistogram expected =
          code.summed() ? pyramid.histogram(all, coded, WORDS) : pyramid.maxima(all, coded, WORDS);
      assertThat(got.get(i).indices()).isEqualTo(expected.indices()).isNotEmpty();
      assertThat(got.get(i).values()).isEqualTo(expected.values());
    }
  }

  @Test
  void weightsChangePyramids() {
    Codebook words = words(1);
    PyramidEncoder encoder =
        new PyramidEncoder(
            PyramidOptions.DEFAULTS,
            List.of(PyramidCode.HARD, PyramidCode.SPARSE),
            code -> words,
            KERNELS);
    List<SparseHistogram> alike = encoder.encode(image(DescriptorWeights.ALIKE));
    List<SparseHistogram> norm = encoder.encode(image(DescriptorWeights.NORM));
    for (int i = 0; i < alike.size(); i++) {
      assertThat(norm.get(i).values()).isNotEqualTo(alike.get(i).values());
    }
  }

  @Test
  void descriptorsOfAnotherLengthAreRefused() {
    Codebook shorter = new Codebook(2, 3, new float[6]);
    PyramidEncoder encoder =
        new PyramidEncoder(
            PyramidOptions.DEFAULTS, List.of(PyramidCode.HARD), code -> shorter, KERNELS);
    DescriptorParts image = image(DescriptorWeights.ALIKE);
    assertThatThrownBy(() -> encoder.encode(image))
        .hasMessageContaining("descriptor dimension: expected 3, got 48");
  }

  @Test
  void aCodeWithoutWordsIsRefused() {
    assertThatThrownBy(
            () ->
                new PyramidEncoder(
                    PyramidOptions.DEFAULTS, List.of(PyramidCode.MAPS), code -> null, KERNELS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected codes by words, got maps");
  }

  /** Random responses of seven activations, of which the last one has nothing for any patch. */
  private static DescriptorParts image(DescriptorWeights weights) {
    Random random = new Random(3);
    int[] places = random.ints(0, FRAME.size()).distinct().limit(700).toArray();
    List<ActivationResponse> responses = new ArrayList<>();
    for (int a = 0; a < 6; a++) {
      responses.add(response(a, 2 * a, 36, places, random::nextGaussian));
    }
    responses.add(response(5, 5, 20, places, () -> 0));
    return new ActivationDescriptors(
        new ActivationResponses(40, 54, FRAME, places, responses),
        new ActivationOptions(7, 0.2, weights),
        DescriptorOptions.DEFAULTS);
  }

  private static ActivationResponse response(
      int top, int left, int side, int[] places, DoubleSupplier value) {
    long inside =
        IntStream.of(places)
            .filter(
                place -> {
                  int row = place % FRAME.plane() / FRAME.width() - top;
                  int column = place % FRAME.width() - left;
                  return row >= 0 && row < side && column >= 0 && column < side;
                })
            .count();
    float[] values = new float[(int) inside];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.getAsDouble();
    }
    return new ActivationResponse(top, left, side, side, values);
  }

  private static Codebook words(long seed) {
    int dimension = DescriptorOptions.DEFAULTS.dimension(FRAME.maps());
    Random random = new Random(seed);
    float[] centres = new float[WORDS * dimension];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = random.nextFloat() / 4;
    }
    return new Codebook(WORDS, dimension, centres);
  }
}
