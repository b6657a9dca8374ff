package org.deconvnet.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.describe.DescriptorGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpatialPyramidTest {
  @ParameterizedTest
  @CsvSource({
    "1,0,1",
    "2,0,0.5",
    "2,1,0.5",
    "3,0,0.25",
    "3,1,0.25",
    "3,2,0.5",
    "4,0,0.125",
    "4,1,0.125"
  })
  void weightsOfLevels(int levels, int level, double weight) {
    assertThat(new PyramidOptions(levels).weight(level)).isEqualTo(weight);
  }

  @Test
  void cellsOfLevels() {
    assertThat(PyramidOptions.DEFAULTS.cells()).isEqualTo(21);
    assertThat(PyramidOptions.DEFAULTS.firstCell(2)).isEqualTo(5);
    assertThatThrownBy(() -> new PyramidOptions(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new PyramidOptions(9)).hasMessageContaining("at most 8");
  }

  /**
   * An image of 8 rows x 12 columns; patches of 2 whose centres are at rows 1 and 7, columns 3, 6
   * and 11. Column 6 is the middle and belongs to the right half.
   */
  @Test
  void countsByHand() {
    DescriptorGrid grid =
        new DescriptorGrid(
            8, 12, 2, new int[] {0, 6}, new int[] {2, 5, 10}, 1, new float[] {0, 0, 0, 0, 0, 0});
    WordWeights codes =
        new WordWeights(1, new int[] {0, 1, 1, 0, 0, 1}, new float[] {1, 1, 1, 1, 1, 1});
    SparseHistogram h = new SpatialPyramid(new PyramidOptions(2)).histogram(grid, codes, 2);
    float one = (float) (0.5 / 6);
    assertThat(h.size()).isEqualTo(10);
    assertThat(h.indices()).containsExactly(0, 1, 2, 5, 6, 8, 9);
    assertThat(h.values())
        .containsExactly(
            new float[] {3 * one, 3 * one, one, 2 * one, one, one, one}, within(1e-7f));
  }

  @Test
  void theFinestLevelFollowsTheImagesOwnSides() {
    DescriptorGrid grid =
        new DescriptorGrid(8, 12, 2, new int[] {0, 6}, new int[] {2, 5, 10}, 1, new float[6]);
    WordWeights codes = new WordWeights(1, new int[6], new float[] {1, 1, 1, 1, 1, 1});
    SparseHistogram h = new SpatialPyramid(PyramidOptions.DEFAULTS).histogram(grid, codes, 1);
    assertThat(h.indices())
        .containsExactly(0, 1, 2, 3, 4, 5 + 1, 5 + 2, 5 + 3, 5 + 13, 5 + 14, 5 + 15);
    assertThat(h.values()[0]).isCloseTo(0.25f, within(1e-7f));
    assertThat(h.values()[2]).isCloseTo(0.25f * 2 / 6, within(1e-7f));
    assertThat(h.values()[10]).isCloseTo(0.5f / 6, within(1e-7f));
  }

  @Test
  void softPairsAreSummedAndTheWholeSumsToOne() {
    DescriptorGrid grid = Grids.of(1, 2, 1, new float[2]);
    WordWeights codes =
        new WordWeights(2, new int[] {0, 2, 2, 1}, new float[] {0.75f, 0.25f, 0.5f, 0.5f});
    SparseHistogram h = new SpatialPyramid(new PyramidOptions(1)).histogram(grid, codes, 3);
    assertThat(h.toDense()).containsExactly(0.375f, 0.25f, 0.375f);
  }

  @Test
  void maximaAreOfEachCellAndOfUnitNorm() {
    DescriptorGrid grid = Grids.of(1, 2, 1, new float[2]);
    WordWeights codes = new WordWeights(2, new int[] {0, 2, 2, 1}, new float[] {3, -1, 4, 1});
    SparseHistogram h = new SpatialPyramid(new PyramidOptions(2)).maxima(grid, codes, 3);
    // Level 0: 3, 1, 4; then the lower left cell with the first descriptor, the lower right with
    // the second: the one row's centre lies at the middle, which belongs to the lower half.
    float one = (float) (1 / Math.sqrt(9 + 1 + 16 + 9 + 1 + 16));
    assertThat(h.indices()).containsExactly(0, 1, 2, 9, 13, 14);
    assertThat(h.values())
        .containsExactly(new float[] {3 * one, one, 4 * one, 3 * one, one, 4 * one}, within(1e-6f));
  }

  @Test
  void maximaOfNothingAreEmpty() {
    DescriptorGrid empty = new DescriptorGrid(9, 9, 16, new int[0], new int[0], 2, new float[0]);
    WordWeights codes = new WordWeights(1, new int[0], new float[0]);
    assertThat(new SpatialPyramid(PyramidOptions.DEFAULTS).maxima(empty, codes, 7).indices())
        .isEmpty();
  }

  @Test
  void withoutDescriptorsTheHistogramIsEmpty() {
    DescriptorGrid empty = new DescriptorGrid(9, 9, 16, new int[0], new int[0], 2, new float[0]);
    WordWeights codes = new WordWeights(1, new int[0], new float[0]);
    SparseHistogram h = new SpatialPyramid(PyramidOptions.DEFAULTS).histogram(empty, codes, 7);
    assertThat(h.size()).isEqualTo(147);
    assertThat(h.indices()).isEmpty();
  }

  /**
   * Two activations on the image of {@link #countsByHand}: one descriptor at the top left, two at
   * the bottom, so that each of those has half the share.
   */
  @Test
  void partsCountByTheirShares() {
    PyramidPooling sums = new SpatialPyramid(new PyramidOptions(2)).sums(2);
    double[] ones = {1, 1};
    sums.add(
        new ListedDescriptors(8, 12, 2, new int[] {0}, new int[] {2}, new double[] {0.5}, ones),
        new WordWeights(1, new int[] {0}, new float[] {1}));
    sums.add(
        new ListedDescriptors(
            8, 12, 2, new int[] {6, 6}, new int[] {2, 10}, new double[] {0.25, 0.25}, ones),
        new WordWeights(1, new int[] {0, 1}, new float[] {1, 1}));
    SparseHistogram h = sums.pyramid();
    // All words, then top left, bottom left, bottom right.
    assertThat(h.indices()).containsExactly(0, 1, 2, 6, 9);
    assertThat(h.values())
        .containsExactly(new float[] {0.375f, 0.125f, 0.25f, 0.125f, 0.125f}, within(1e-7f));
  }

  @Test
  void theLargestIsThatOfWeightedDescriptors() {
    ListedDescriptors faint =
        new ListedDescriptors(
            1, 2, 1, new int[2], new int[] {0, 1}, new double[] {.5, .5}, new double[] {1, 0.25});
    WordWeights codes = new WordWeights(2, new int[] {0, 2, 2, 0}, new float[] {3, 0, 4, 4});
    SparseHistogram h = new SpatialPyramid(new PyramidOptions(1)).maxima(faint, codes, 3);
    // Word 0: 3 · 1 against 4 · 0.25; word 2: 4 · 0.25.
    float one = (float) (1 / Math.sqrt(9 + 1));
    assertThat(h.toDense()).containsExactly(new float[] {3 * one, 0, one}, within(1e-6f));
  }

  @Test
  void badCodesAreNamed() {
    SpatialPyramid pyramid = new SpatialPyramid(PyramidOptions.DEFAULTS);
    DescriptorGrid grid = Grids.of(1, 1, 1, new float[1]);
    assertThatThrownBy(
            () -> pyramid.histogram(grid, new WordWeights(1, new int[] {3}, new float[1]), 3))
        .hasMessageContaining("words 0 to 2, got 3");
    assertThatThrownBy(
            () -> pyramid.histogram(grid, new WordWeights(1, new int[2], new float[2]), 3))
        .hasMessageContaining("expected 1, got 2");
  }
}
