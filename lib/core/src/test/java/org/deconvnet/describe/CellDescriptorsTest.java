package org.deconvnet.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

class CellDescriptorsTest {
  /** Patches of 2 x 2 cells of 4 pixels. */
  private static DescriptorOptions options(int step) {
    return new DescriptorOptions(8, step, 2, 0.2);
  }

  private static FeatureMaps numbered(int maps, int rows, int columns) {
    FeatureMaps cells = FeatureMaps.zeros(new Shape(maps, rows, columns));
    for (int i = 0; i < cells.data().length; i++) {
      cells.data()[i] = i;
    }
    return cells;
  }

  @Test
  void aDescriptorIsTheCellsOfItsPatchAtUnitNorm() {
    FeatureMaps cells = numbered(2, 3, 4);
    DescriptorGrid grid = new CellDescriptors(options(4)).describe(cells, 17, 22);
    assertThat(grid.count()).isEqualTo(2 * 3);
    assertThat(grid.dimension()).isEqualTo(8);
    assertThat(grid.rows()).as("cells in the middle: 2 + 12 + 3 pixels").containsExactly(2, 6);
    assertThat(grid.columns()).containsExactly(3, 7, 11);
    double[] raw = {5, 6, 9, 10, 17, 18, 21, 22};
    double norm = Math.sqrt(1780);
    for (int i = 0; i < raw.length; i++) {
      assertThat((double) grid.values()[4 * 8 + i]).isCloseTo(raw[i] / norm, within(1e-6));
    }
  }

  @Test
  void aFaintDescriptorStaysFaint() {
    FeatureMaps cells = FeatureMaps.zeros(new Shape(1, 2, 2));
    cells.data()[3] = 0.05f;
    float[] values = new CellDescriptors(options(4)).describe(cells, 12, 12).values();
    assertThat(values).containsExactly(new float[] {0, 0, 0, 0.5f}, within(1e-6f));
  }

  @Test
  void patchesMayBeSeveralCellsApart() {
    DescriptorGrid grid = new CellDescriptors(options(8)).describe(numbered(1, 5, 7), 24, 32);
    assertThat(grid.rows()).as("of four first cells 0 and 2, one left over").containsExactly(2, 10);
    assertThat(grid.columns()).containsExactly(2, 10, 18);
    assertThatThrownBy(() -> new CellDescriptors(options(6)))
        .isInstanceOf(UserErrorException.class)
        .hasMessage(
            "descriptor step: expected a multiple of a cell's side, patch / cells = 4, got 6");
  }

  @Test
  void anImageSmallerThanAPatchHasNone() {
    CellDescriptors descriptors = new CellDescriptors(options(4));
    assertThat(descriptors.describe(numbered(3, 1, 5), 9, 24).isEmpty()).isTrue();
    assertThat(descriptors.describe(numbered(3, 1, 1), 3, 300).isEmpty()).isTrue();
    DescriptorOptions single = new DescriptorOptions(4, 4, 1, 0.2);
    assertThat(new CellDescriptors(single).describe(numbered(3, 1, 1), 3, 300).isEmpty()).isTrue();
  }
}
