package org.deconvnet.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.describe.ActivationDescriptors;
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
   * Three activations on the image of {@link #countsByHand}: one descriptor at the top left, two at
   * the bottom, none.
   */
  @Test
  void activationsCountAlikeHoweverManyDescriptorsTheyHave() {
    ActivationDescriptors set =
        new ActivationDescriptors(
            8,
            12,
            2,
            new int[] {0, 1, 3, 3},
            new int[] {0, 6, 6},
            new int[] {2, 2, 10},
            1,
            new float[3]);
    WordWeights codes = new WordWeights(1, new int[] {0, 0, 1}, new float[] {1, 1, 1});
    SparseHistogram h = new SpatialPyramid(new PyramidOptions(2)).histogram(set, codes, 2);
    // Over two activations: all words, then top left, bottom left, bottom right.
    assertThat(h.indices()).containsExactly(0, 1, 2, 6, 9);
    assertThat(h.values())
        .containsExactly(new float[] {0.375f, 0.125f, 0.25f, 0.125f, 0.125f}, within(1e-7f));
  }

  @Test
  void withAllDescriptorsInOneActivationItIsTheImagesHistogram() {
    DescriptorGrid grid =
        new DescriptorGrid(8, 12, 2, new int[] {0, 6}, new int[] {2, 5, 10}, 1, new float[6]);
    ActivationDescriptors set =
        new ActivationDescriptors(
            8,
            12,
            2,
            new int[] {0, 6},
            new int[] {0, 0, 0, 6, 6, 6},
            new int[] {2, 5, 10, 2, 5, 10},
            1,
            new float[6]);
    WordWeights codes =
        new WordWeights(
            2,
            new int[] {0, 1, 1, 2, 2, 0, 0, 1, 2, 1, 1, 0},
            new float[] {.5f, .5f, 1, 0, .25f, .75f, .5f, .5f, 1, 0, .25f, .75f});
    SpatialPyramid pyramid = new SpatialPyramid(PyramidOptions.DEFAULTS);
    SparseHistogram one = pyramid.histogram(set, codes, 3);
    assertThat(one.toDense())
        .containsExactly(pyramid.histogram(grid, codes, 3).toDense(), within(1e-7f));
    assertThat(one.indices()).isNotEmpty();
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
    ActivationDescriptors set =
        new ActivationDescriptors(
            8, 12, 2, new int[] {0, 1}, new int[1], new int[1], 1, new float[1]);
    assertThatThrownBy(
            () -> pyramid.histogram(set, new WordWeights(1, new int[2], new float[2]), 3))
        .hasMessageContaining("expected 1, got 2");
  }
}
