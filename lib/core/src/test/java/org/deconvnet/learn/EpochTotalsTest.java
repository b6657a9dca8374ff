package org.deconvnet.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.operator.Switches;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.sums.ExactTotal;
import org.deconvnet.sums.SumOverflowException;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class EpochTotalsTest {
  @Test
  void partsAreSummedOverTheImages() {
    EpochTotals sums = of(new CodeTrace(3, 5, 2, 8, 10, 100), new CodeTrace(1, 0.5, 1, 4, 5, 50));
    assertThat(sums.progress(2, 4)).isEqualTo(new LayerProgress(2, 4, 2, 4, 5.5, 0.25, 0.1));
  }

  @Test
  void mergingIsTheSameAsAdding() {
    CodeTrace one = new CodeTrace(0.1, 0.7, 0.3, 2.5, 7, 90);
    CodeTrace two = new CodeTrace(1e-3, 3.3, 0.2, 1.1, 1, 33);
    EpochTotals merged = of(two);
    merged.merge(of(one));
    assertThat(merged.progress(1, 1)).isEqualTo(of(one, two).progress(1, 1));
  }

  /** 120 maps of 150 x 150 pixels have 2.9 million entries. */
  @Test
  void thousandsOfImagesWithManyMapsAreCounted() {
    EpochTotals epoch = new EpochTotals(0);
    EpochTotals image = of(new CodeTrace(1, 1, 1, 1, 29_000, 2_900_000));
    for (int i = 0; i < 5000; i++) {
      epoch.merge(image);
    }
    assertThat(epoch.progress(1, 1).images()).isEqualTo(5000);
    assertThat(epoch.progress(1, 1).density()).isCloseTo(0.01, within(1e-12));
  }

  /** 22,500 is the energy of 150 x 150 pixels of unit deviation: 95,445 such images pass 2³¹. */
  @Test
  void aMillionImagesAreSummedExactly() {
    EpochTotals epoch = of(new CodeTrace(22_500.25, 0.125, 3, 22_500.75, 1, 10));
    for (int doubled = 0; doubled < 20; doubled++) {
      epoch.merge(epoch.copy());
    }
    LayerProgress progress = epoch.progress(1, 1);
    assertThat(progress.images()).isEqualTo(1 << 20);
    assertThat(progress.dataTerm()).isEqualTo(22_500.25 * (1 << 20));
    assertThat(epoch.energy()).isEqualTo(22_500.75 * (1 << 20));
    assertThat(progress.objective()).isEqualTo(22_500.375 * (1 << 20));
  }

  @Test
  void totalsBeyond64BitsAndTermsOfAnySizeAndSignComeOutRight() {
    ExactTotal total = new ExactTotal();
    double[] terms = {0x1p61, -0x1p33, 0x1p61, 3.5, -0x1p-30, 0x1p61, -0x1p61, 0x1p61};
    double plain = 0;
    for (double term : terms) {
      total.add(term);
      plain += term;
    }
    assertThat(total.get()).isEqualTo(plain);
    assertThat(ExactTotal.ofFixed(total.fixed()).get()).isEqualTo(plain);
    ExactTotal negative = new ExactTotal();
    negative.add(-0x1p61);
    negative.add(-0x1p61);
    negative.add(-1.25);
    total.merge(negative);
    double left = 0x1p61 - 0x1p33;
    assertThat(total.get()).isEqualTo(left);
    assertThat(ExactTotal.ofFixed(negative.fixed()).fixed()).isEqualTo(negative.fixed());
  }

  @Test
  void aTermThatIsNotFiniteIsNamed() {
    assertThatThrownBy(() -> of(new CodeTrace(Double.NaN, 1, 1, 1, 1, 1)))
        .isInstanceOf(SumOverflowException.class)
        .hasMessageContaining("expected a finite term below 2^62 in size, got NaN");
  }

  @Test
  void mapsWithoutAnActivationInAnyImageAreDead() {
    Shape maps = new Shape(4, 2, 2);
    Shape pooled = new Shape(2, 1, 1);
    EpochTotals totals = new EpochTotals(4);
    // Map 0 wins a block in vain: its value is zero.
    totals.add(code(pooled, maps, new float[] {0, -2}, 3, 13));
    assertThat(totals.deadMaps()).containsExactly(0, 1, 2);
    EpochTotals other = new EpochTotals(4);
    other.add(code(pooled, maps, new float[] {1, 1}, 4, 12));
    totals.merge(other);
    assertThat(totals.deadMaps()).containsExactly(0, 2);
  }

  private static SparseCode code(Shape pooled, Shape maps, float[] values, int... index) {
    return new SparseCode(
        FeatureMaps.of(pooled, values),
        new Switches(pooled, maps, index),
        new CodeTrace(1, 1, 1, 1, 1, 16));
  }

  private static EpochTotals of(CodeTrace... traces) {
    EpochTotals sums = new EpochTotals(0);
    for (CodeTrace trace : traces) {
      sums.add(trace);
    }
    return sums;
  }
}
