package org.deconvnet.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassBalanceTest {
  private static LabelMap row(int... labels) {
    byte[] values = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = (byte) labels[i];
    }
    return new LabelMap(1, labels.length, values);
  }

  /** Frequencies: class 0 4 of 8, class 1 3 of 8, class 2 1 of 4; class 3 has no pixel. */
  private static ClassBalance balance() {
    ClassBalance balance = new ClassBalance();
    balance.add(row(0, 0, 1, 1, LabelMap.VOID));
    ClassBalance more = new ClassBalance();
    more.add(row(0, 0, 1, 2));
    more.add(row(LabelMap.VOID));
    balance.merge(more);
    return balance;
  }

  @Test
  void aWeightIsTheMedianFrequencyOverTheClassesOwn() {
    assertThat(balance().weights(4, 1)).containsExactly(0.75f, 1, 1.5f, 1);
    assertThat(balance().weights(4, 0.5)[2]).isEqualTo((float) Math.sqrt(1.5));
    assertThat(balance().weights(4, 0)).containsOnly(1);
  }

  @Test
  void countsSayWhatIsSeen() {
    assertThat(balance().classes()).isEqualTo(3);
    assertThat(balance().seen()).isEqualTo(3);
    assertThat(balance().pixels(1)).isEqualTo(3);
    assertThat(balance().images()).isEqualTo(3);
    assertThat(balance().emptyImages()).isEqualTo(1);
  }
}
