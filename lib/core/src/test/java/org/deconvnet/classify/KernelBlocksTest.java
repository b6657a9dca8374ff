package org.deconvnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.pyramid.SparseHistogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelBlocksTest {
  /** More than one table wide and deep, and a rest both ways. */
  private static final int SIZE = 2500;

  private final List<SparseHistogram> xs = Histograms.randoms(1, 70, SIZE, 0.2);
  private final List<SparseHistogram> ys = Histograms.randoms(2, 130, SIZE, 0.1);

  @ParameterizedTest
  @EnumSource(PyramidKernel.class)
  void blocksAreTheRowsOneByOne(PyramidKernel kernel) {
    float[][] rows = blocks(kernel).rows(xs, ys);
    for (int i = 0; i < xs.size(); i++) {
      float[] plain = kernel.row(xs.get(i), ys);
      for (int j = 0; j < ys.size(); j++) {
        assertThat(rows[i][j]).isCloseTo(plain[j], within(2e-6f * Math.max(1, plain[j])));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PyramidKernel.class)
  void neitherOrderNorSplittingChangesABit(PyramidKernel kernel) {
    float[][] rows = blocks(kernel).rows(xs, ys);
    float[][] turned = blocks(kernel).rows(ys, xs);
    float[][] some = blocks(kernel).rows(xs.subList(3, 5), ys.subList(65, 67));
    for (int i = 0; i < xs.size(); i++) {
      for (int j = 0; j < ys.size(); j++) {
        assertThat(turned[j][i]).isEqualTo(rows[i][j]);
      }
    }
    assertThat(some[1]).containsExactly(rows[4][65], rows[4][66]);
  }

  @Test
  void noVectorsGiveNoRows() {
    assertThat(blocks(PyramidKernel.LINEAR).rows(List.of(), ys)).isEmpty();
    assertThat(blocks(PyramidKernel.LINEAR).rows(xs, List.of())).hasDimensions(xs.size(), 0);
  }

  @Test
  void badVectorsAreNamed() {
    SparseHistogram good = SparseHistogram.of(new float[] {1, 0});
    SparseHistogram negative = SparseHistogram.of(new float[] {1, -1});
    SparseHistogram longer = SparseHistogram.of(new float[] {1, 0, 1});
    KernelBlocks blocks = blocks(PyramidKernel.INTERSECTION);
    assertThatThrownBy(() -> blocks.rows(List.of(good), List.of(negative)))
        .hasMessageContaining("histogram intersection");
    assertThatThrownBy(() -> blocks.rows(List.of(good), List.of(longer)))
        .hasMessageContaining("expected 2, got 3");
  }

  private static KernelBlocks blocks(PyramidKernel kernel) {
    return new KernelBlocks(kernel, new ScalarArrayKernels());
  }
}
