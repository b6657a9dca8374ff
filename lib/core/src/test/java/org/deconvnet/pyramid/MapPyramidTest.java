package org.deconvnet.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class MapPyramidTest {
  private static final MapPyramid TWO_LEVELS = new MapPyramid(new PyramidOptions(2));
  private static final float EXACT = 1e-6f;

  /** Two maps of 2 x 2: every cell of level 1 is one place. */
  @Test
  void entriesAreLevelThenCellThenMapAtUnitNorm() {
    FeatureMaps maps = FeatureMaps.of(new Shape(2, 2, 2), new float[] {1, -2, 0, 4, 3, 0, 0, 5});
    float[] expected = {4, 5, 1, 3, 2, 0, 0, 0, 4, 5};
    double norm = Math.sqrt(IntStream.of(4, 5, 1, 3, 2, 4, 5).map(v -> v * v).sum());
    float[] got = TWO_LEVELS.of(maps).toDense();
    assertThat(got).hasSize(expected.length);
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).isCloseTo((float) (expected[i] / norm), within(EXACT));
    }
  }

  @Test
  void imagesOfAnySizeGiveAsManyNumbers() {
    MapPyramid three = new MapPyramid(PyramidOptions.DEFAULTS);
    assertThat(three.of(random(7, 5, 13)).size()).isEqualTo(7 * 21);
    assertThat(three.of(random(7, 40, 9)).size()).isEqualTo(7 * 21);
  }

  /** As of a fully connected layer: each level has it once. */
  @Test
  void mapsOfOnePixelAreInTheFirstCellOfEveryLevel() {
    SparseHistogram got = TWO_LEVELS.of(FeatureMaps.of(new Shape(2, 1, 1), new float[] {3, 4}));
    assertThat(got.indices()).containsExactly(0, 1, 2, 3);
    float half = (float) Math.sqrt(0.5);
    assertThat(got.values())
        .containsExactly(
            new float[] {.6f * half, .8f * half, .6f * half, .8f * half}, within(EXACT));
  }

  @Test
  void codesGiveTheBitsOfTheirMaps() {
    FeatureMaps maps = random(3, 11, 14);
    int[] entries =
        IntStream.range(0, maps.data().length).filter(i -> maps.data()[i] != 0).toArray();
    float[] values = new float[entries.length];
    for (int e = 0; e < entries.length; e++) {
      values[e] = maps.data()[entries[e]];
    }
    SparseHistogram ofMaps = TWO_LEVELS.of(maps);
    SparseHistogram ofCodes = TWO_LEVELS.of(maps.shape(), entries, values);
    assertThat(ofCodes.indices()).isEqualTo(ofMaps.indices());
    assertThat(ofCodes.values()).isEqualTo(ofMaps.values());
  }

  @Test
  void zerosStayZeros() {
    SparseHistogram none = TWO_LEVELS.of(FeatureMaps.zeros(new Shape(3, 4, 4)));
    assertThat(none.size()).isEqualTo(15);
    assertThat(none.indices()).isEmpty();
  }

  /** Half of the entries are 0. */
  private static FeatureMaps random(int maps, int height, int width) {
    Random random = new Random(height);
    FeatureMaps made = FeatureMaps.zeros(new Shape(maps, height, width));
    for (int i = 0; i < made.data().length; i++) {
      made.data()[i] = random.nextBoolean() ? (float) random.nextGaussian() : 0;
    }
    return made;
  }
}
