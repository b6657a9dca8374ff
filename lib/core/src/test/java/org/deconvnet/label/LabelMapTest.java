package org.deconvnet.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deconvnet.label.LabelMap.Axis;
import org.junit.jupiter.api.Test;

class LabelMapTest {
  private static final int VOID = LabelMap.VOID;

  private static LabelMap map(int height, int width, int... labels) {
    byte[] values = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = (byte) labels[i];
    }
    return new LabelMap(height, width, values);
  }

  @Test
  void labelsAreBytesWithoutSign() {
    LabelMap map = map(1, 3, 0, 254, VOID);
    assertThat(map.at(0, 1)).isEqualTo(254);
    assertThat(map.at(2)).isEqualTo(VOID);
    assertThat(map.classes()).isEqualTo(255);
    assertThat(map(1, 1, VOID).classes()).isZero();
  }

  @Test
  void aMirroredMapHasItsColumnsTurnedRound() {
    assertThat(map(2, 3, 1, 2, 3, 4, 5, 6).mirrored().values())
        .isEqualTo(map(2, 3, 3, 2, 1, 6, 5, 4).values());
  }

  @Test
  void aPixelGetsTheLabelThatItsCentreLiesIn() {
    LabelMap map = map(2, 2, 1, 2, 3, 4);
    assertThat(map.nearest(4, 4, new Axis(0, 0.5), new Axis(0, 0.5)).values())
        .isEqualTo(map(4, 4, 1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4).values());
    LabelMap wide = map(1, 4, 1, 2, 3, 4);
    assertThat(wide.nearest(1, 2, new Axis(0, 1), new Axis(1, 1)).values())
        .isEqualTo(map(1, 2, 2, 3).values());
  }

  @Test
  void whereThereIsNoPixelThereIsNoClass() {
    assertThat(map(1, 2, 1, 2).nearest(1, 4, new Axis(0, 1), new Axis(-1, 1)).values())
        .isEqualTo(map(1, 4, VOID, 1, 2, VOID).values());
  }

  @Test
  void anotherNumberOfLabelsIsRefused() {
    assertThatThrownBy(() -> map(2, 2, 1, 2, 3)).hasMessage("labels: pixels: expected 4, got 3");
  }

  @Test
  void labelsAreCopiedToTheirPlace() {
    int[] all = new int[4];
    map(1, 2, 200, VOID).copyTo(all, 1);
    assertThat(all).containsExactly(0, 200, VOID, 0);
  }
}
