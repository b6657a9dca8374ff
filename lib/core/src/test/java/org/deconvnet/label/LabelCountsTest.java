package org.deconvnet.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Measures by hand: class 0 has 3 pixels, 2 of them right; class 1 has 1, right; class 2 none. */
class LabelCountsTest {
  private static final byte VOID = (byte) LabelMap.VOID;

  private static LabelMap row(byte... labels) {
    return new LabelMap(1, labels.length, labels);
  }

  private static LabelCounts counts() {
    LabelCounts counts = new LabelCounts(3);
    counts.add(row((byte) 0, (byte) 0, VOID), row((byte) 0, (byte) 1, (byte) 2));
    LabelCounts more = new LabelCounts(3);
    more.add(row((byte) 0, (byte) 1), row((byte) 0, (byte) 1));
    counts.merge(more);
    return counts;
  }

  @Test
  void pixelsWithoutAClassCountNothing() {
    assertThat(counts().pixels()).isEqualTo(4);
    assertThat(counts().pixels(0)).isEqualTo(3);
    assertThat(counts().count(0, 1)).isEqualTo(1);
  }

  @Test
  void measuresAreThoseOfTheirDefinitions() {
    assertThat(counts().pixelAccuracy()).isEqualTo(3.0 / 4);
    assertThat(counts().accuracy(0)).isEqualTo(2.0 / 3);
    assertThat(counts().iu(0)).isEqualTo(2.0 / 3);
    assertThat(counts().iu(1)).isEqualTo(1.0 / 2);
    assertThat(counts().frequencyWeightedIu())
        .isCloseTo((3 * 2.0 / 3 + 1.0 / 2) / 4, within(1e-15));
  }

  @Test
  void aClassThatIsNowhereIsLeftOutOfMeans() {
    assertThat(counts().accuracy(2)).isNaN();
    assertThat(counts().iu(2)).isNaN();
    assertThat(counts().meanAccuracy()).isCloseTo((2.0 / 3 + 1) / 2, within(1e-15));
    assertThat(counts().meanIu()).isCloseTo((2.0 / 3 + 1.0 / 2) / 2, within(1e-15));
  }

  @Test
  void aClassThatIsUnknownIsRefused() {
    assertThatThrownBy(() -> new LabelCounts(2).add(row((byte) 2), row((byte) 0)))
        .hasMessage("labels: expected a class from 0 to 1, got 2");
    assertThatThrownBy(() -> new LabelCounts(2).add(row((byte) 1), row((byte) 1, (byte) 1)))
        .hasMessage("labels: columns: expected 1, got 2");
  }
}
