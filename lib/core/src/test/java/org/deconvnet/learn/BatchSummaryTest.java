package org.deconvnet.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.infer.CodeTrace;
import org.junit.jupiter.api.Test;

class BatchSummaryTest {
  @Test
  void partsAreSummedOverTheImages() {
    BatchSummary sums = of(new CodeTrace(3, 5, 2, 8, 10, 100), new CodeTrace(1, 0.5, 1, 4, 5, 50));
    assertThat(sums.progress(2, 4)).isEqualTo(new LayerProgress(2, 4, 2, 4, 5.5, 0.25, 0.1));
  }

  @Test
  void mergingIsTheSameAsAdding() {
    CodeTrace one = new CodeTrace(0.1, 0.7, 0.3, 2.5, 7, 90);
    CodeTrace two = new CodeTrace(1e-3, 3.3, 0.2, 1.1, 1, 33);
    BatchSummary merged = of(two);
    merged.merge(of(one));
    assertThat(merged.progress(1, 1)).isEqualTo(of(one, two).progress(1, 1));
  }

  /** 120 maps of 150 x 150 pixels have 2.9 million entries. */
  @Test
  void thousandsOfImagesWithManyMapsAreCounted() {
    BatchSummary epoch = new BatchSummary(0);
    BatchSummary image = of(new CodeTrace(1, 1, 1, 1, 29_000, 2_900_000));
    for (int i = 0; i < 5000; i++) {
      epoch.merge(image);
    }
    assertThat(epoch.progress(1, 1).images()).isEqualTo(5000);
    assertThat(epoch.progress(1, 1).density()).isCloseTo(0.01, within(1e-12));
  }

  private static BatchSummary of(CodeTrace... traces) {
    BatchSummary sums = new BatchSummary(0);
    for (CodeTrace trace : traces) {
      sums.add(trace);
    }
    return sums;
  }
}
