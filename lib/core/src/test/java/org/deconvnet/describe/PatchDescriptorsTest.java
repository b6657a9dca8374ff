package org.deconvnet.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchDescriptorsTest {
  private static final PatchDescriptors DEFAULT = new PatchDescriptors(DescriptorOptions.DEFAULTS);

  @ParameterizedTest
  @CsvSource({
    "29,37,6,16,4,4,0.2", "31,18,0,16,4,4,0.2", "23,27,4,16,3,4,0.2", "19,25,5,9,2,3,0.3",
    "33,41,6,16,8,4,1", "26,20,1,8,5,2,0.2", "7,6,2,4,1,4,0.2", "21,17,6,12,6,3,0.15"
  })
  void equalsTheFormula(
      int height, int width, int margin, int patch, int step, int cells, double clip) {
    DescriptorOptions options = new DescriptorOptions(patch, step, cells, clip);
    FeatureMaps maps =
        EngineContract.maps(new Shape(3, height + margin, width + margin), new Random(7));
    DescriptorGrid grid = new PatchDescriptors(options).describe(maps, height, width);
    assertThat(grid.rows()).hasSize((height - patch) / step + 1);
    assertThat(grid.columns()).hasSize((width - patch) / step + 1);
    for (int n = 0; n < grid.count(); n++) {
      float[] expected = DescriptorOracle.describe(maps, grid, n, margin, options);
      for (int d = 0; d < expected.length; d++) {
        assertThat(grid.values()[n * grid.dimension() + d]).isCloseTo(expected[d], within(2e-6f));
      }
    }
  }

  @Test
  void theGridIsCentredAndStaysInside() {
    DescriptorGrid grid =
        DEFAULT.describe(EngineContract.maps(new Shape(1, 35, 41), new Random(1)), 29, 35);
    assertThat(grid.rows()).containsExactly(0, 4, 8, 12);
    assertThat(grid.columns()).containsExactly(1, 5, 9, 13, 17);
    assertThat(grid.imageHeight()).isEqualTo(29);
    assertThat(grid.imageWidth()).isEqualTo(35);
    assertThat(grid.dimension()).isEqualTo(16);
    assertThat(grid.patch()).isEqualTo(16);
  }

  @Test
  void descriptorsMoveWithTheMap() {
    FeatureMaps maps = EngineContract.maps(new Shape(2, 50, 58), new Random(3));
    FeatureMaps moved = FeatureMaps.zeros(maps.shape());
    for (int k = 0; k < 2; k++) {
      for (int y = 4; y < 50; y++) {
        for (int x = 8; x < 58; x++) {
          moved.set(k, y, x, maps.get(k, y - 4, x - 8));
        }
      }
    }
    DescriptorGrid before = DEFAULT.describe(maps, 44, 52);
    DescriptorGrid after = DEFAULT.describe(moved, 44, 52);
    for (int row = 0; row + 1 < before.rows().length; row++) {
      for (int column = 0; column + 2 < before.columns().length; column++) {
        float[] there = descriptor(after, (row + 1) * after.columns().length + column + 2);
        if (row > 0 && column > 0) { // the first row and column also see what moved in
          assertThat(there)
              .containsExactly(descriptor(before, row * before.columns().length + column));
        }
      }
    }
  }

  @Test
  void signDoesNotMatterAndNormsAreOneOrZero() {
    FeatureMaps maps = EngineContract.maps(new Shape(4, 46, 46), new Random(5));
    for (int k = 0; k < 4; k++) {
      for (int y = 0; y < 46; y++) {
        for (int x = 0; x < 25; x++) {
          maps.set(k, y, x, 0);
        }
      }
    }
    DescriptorGrid grid = DEFAULT.describe(maps, 40, 40);
    FeatureMaps negated = maps.copy();
    for (int i = 0; i < negated.data().length; i++) {
      negated.data()[i] = -negated.data()[i];
    }
    assertThat(DEFAULT.describe(negated, 40, 40).values()).containsExactly(grid.values());
    assertThat(descriptor(grid, 0)).containsOnly(0);
    assertThat(norm(descriptor(grid, grid.count() - 1))).isCloseTo(1, within(1e-6));
  }

  @Test
  void oneLoudEntryIsClipped() {
    FeatureMaps maps = EngineContract.maps(new Shape(2, 16, 16), new Random(9));
    maps.set(0, 1, 1, 300);
    float[] clipped = DEFAULT.describe(maps, 16, 16).values();
    float[] whole =
        new PatchDescriptors(new DescriptorOptions(16, 4, 4, 1)).describe(maps, 16, 16).values();
    assertThat(whole[0]).isGreaterThan(0.9f);
    assertThat(clipped[0]).isLessThan(0.8f);
    assertThat(norm(clipped)).isCloseTo(1, within(1e-6));
  }

  @Test
  void aThumbnailHasAnEmptyGrid() {
    DescriptorGrid narrow =
        DEFAULT.describe(EngineContract.maps(new Shape(2, 46, 21), new Random(1)), 40, 15);
    assertThat(narrow.isEmpty()).isTrue();
    assertThat(narrow.values()).isEmpty();
    assertThat(
            DEFAULT
                .describe(EngineContract.maps(new Shape(2, 21, 46), new Random(1)), 15, 40)
                .count())
        .isZero();
    assertThat(
            DEFAULT
                .describe(EngineContract.maps(new Shape(2, 22, 22), new Random(1)), 16, 16)
                .count())
        .isOne();
  }

  @Test
  void mapsOfWindowsInsideTheImageLieInItsMiddle() {
    FeatureMaps inside = EngineContract.maps(new Shape(2, 33, 26), new Random(1));
    FeatureMaps whole = FeatureMaps.zeros(new Shape(2, 40, 32));
    new MapWindow(whole.shape(), 3, 3, inside).addTo(whole);
    assertThat(DEFAULT.describe(inside, 40, 32).values())
        .isEqualTo(DEFAULT.describe(whole, 40, 32).values())
        .isNotEmpty();
  }

  @Test
  void wrongSizesAreNamed() {
    assertThatThrownBy(
            () ->
                DEFAULT.describe(EngineContract.maps(new Shape(1, 20, 30), new Random(1)), 36, 30))
        .hasMessageContaining("map height for this image: expected at least 21, got 20");
    assertThatThrownBy(() -> new DescriptorOptions(16, 4, 5, 0.2))
        .hasMessageContaining("multiple of 5");
    assertThatThrownBy(() -> new DescriptorOptions(16, 0, 4, 0.2)).hasMessageContaining("step");
    assertThatThrownBy(
            () -> new DescriptorGrid(20, 20, 16, new int[] {5}, new int[] {0}, 1, new float[1]))
        .hasMessageContaining("rows: expected 0 to 4, got 5");
  }

  private static float[] descriptor(DescriptorGrid grid, int n) {
    return Arrays.copyOfRange(grid.values(), n * grid.dimension(), (n + 1) * grid.dimension());
  }

  private static double norm(float[] v) {
    double sum = 0;
    for (float x : v) {
      sum += (double) x * x;
    }
    return Math.sqrt(sum);
  }
}
