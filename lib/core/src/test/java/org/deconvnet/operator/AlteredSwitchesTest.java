package org.deconvnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.solve.reference.MaxPool3d;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class AlteredSwitchesTest {
  private static final PoolSize BLOCK = new PoolSize(3, 3, 2);

  @Test
  void switchesOfTheSameImageAreItsOwn() {
    for (Shape shape : new Shape[] {new Shape(4, 9, 12), new Shape(5, 10, 7), new Shape(1, 1, 2)}) {
      Switches own = pooled(shape, 1);
      assertThat(AlteredSwitches.fromAnother(BLOCK, own, own).index()).isEqualTo(own.index());
    }
  }

  @Test
  void centresByHandAlsoOfPartialBlocks() {
    // Rows 0-2 and 3; columns 0-2 and 3-4; maps 0-1 and 2. The middle of two is the lower one.
    Switches own = pooled(new Shape(3, 4, 5), 2);
    int map = 20;
    assertThat(AlteredSwitches.atCentres(BLOCK, own).index())
        .containsExactly(
            5 + 1,
            5 + 3,
            15 + 1,
            15 + 3,
            2 * map + 5 + 1,
            2 * map + 5 + 3,
            2 * map + 15 + 1,
            2 * map + 15 + 3);
  }

  @Test
  void theMiddleOfThreeMapsIsTheSecond() {
    PoolSize cube = new PoolSize(3, 3, 3);
    Switches own = Switches.allocate(new Shape(1, 1, 1), new Shape(3, 3, 3));
    assertThat(AlteredSwitches.atCentres(cube, own).index()).containsExactly(9 + 3 + 1);
  }

  @Test
  void aSwitchMovesByTheOffsetInTheOthersBlockAndBlocksWrap() {
    // One row of blocks of 1 x 2 entries. The other has two blocks: second entry, first entry.
    PoolSize pair = new PoolSize(1, 2, 1);
    Switches other = new Switches(new Shape(1, 1, 2), new Shape(1, 1, 4), new int[] {1, 2});
    Switches own = new Switches(new Shape(1, 1, 5), new Shape(1, 1, 9), new int[] {0, 2, 4, 6, 8});
    // Blocks 0 to 4 read blocks 0, 1, 0, 1, 0; the last block holds one entry only.
    assertThat(AlteredSwitches.fromAnother(pair, own, other).index())
        .containsExactly(1, 2, 5, 6, 8);
  }

  @Test
  void rowsAndMapsKeepTheirOffsetsToo() {
    Switches other = Switches.allocate(new Shape(1, 1, 1), new Shape(2, 3, 3));
    other.index()[0] = 9 + 2 * 3 + 1;
    Switches own = Switches.allocate(new Shape(1, 2, 1), new Shape(2, 6, 3));
    assertThat(AlteredSwitches.fromAnother(BLOCK, own, other).index())
        .containsExactly(18 + 2 * 3 + 1, 18 + 5 * 3 + 1);
  }

  @Test
  void everyAlteredSwitchStaysInItsBlock() {
    Switches own = pooled(new Shape(5, 10, 7), 3);
    for (Switches altered :
        new Switches[] {
          AlteredSwitches.atCentres(BLOCK, own),
          AlteredSwitches.fromAnother(BLOCK, own, pooled(new Shape(5, 8, 13), 4)),
          AlteredSwitches.fromAnother(BLOCK, own, pooled(new Shape(5, 23, 4), 5))
        }) {
      Shape maps = own.unpooled();
      for (int i = 0; i < own.index().length; i++) {
        assertThat(block(maps, altered.index()[i])).isEqualTo(block(maps, own.index()[i]));
      }
    }
  }

  @Test
  void theTransferIsAFunctionOfItsArgumentsAndLeavesThemAlone() {
    Switches own = pooled(new Shape(4, 9, 12), 6);
    Switches other = pooled(new Shape(4, 12, 9), 7);
    int[] before = own.index().clone();
    int[] once = AlteredSwitches.fromAnother(BLOCK, own, other).index();
    assertThat(AlteredSwitches.fromAnother(BLOCK, own, other).index()).isEqualTo(once);
    assertThat(once).isNotEqualTo(before);
    assertThat(own.index()).isEqualTo(before);
  }

  @Test
  void anotherNumberOfMapsIsRefused() {
    Switches own = pooled(new Shape(4, 9, 12), 6);
    Switches other = pooled(new Shape(6, 9, 12), 6);
    assertThatThrownBy(() -> AlteredSwitches.fromAnother(BLOCK, own, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("switches of another image: maps")
        .hasMessageContaining("4")
        .hasMessageContaining("6");
  }

  private static String block(Shape maps, int index) {
    int row = index % maps.plane() / maps.width();
    return "%d %d %d"
        .formatted(
            index / maps.plane() / BLOCK.maps(),
            row / BLOCK.rows(),
            index % maps.width() / BLOCK.columns());
  }

  private static Switches pooled(Shape shape, long seed) {
    FeatureMaps z = EngineContract.maps(shape, new Random(seed));
    FeatureMaps values = FeatureMaps.zeros(BLOCK.pooled(shape));
    Switches switches = Switches.allocate(values.shape(), shape);
    MaxPool3d.pool(BLOCK, z, values, switches);
    return switches;
  }
}
