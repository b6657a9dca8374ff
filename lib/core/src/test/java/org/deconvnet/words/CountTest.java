package org.deconvnet.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {
  @ParameterizedTest
  @CsvSource({
    "1, image, 1 image",
    "0, image, 0 images",
    "2, partition, 2 partitions",
    "1, class, 1 class",
    "2, class, 2 classes",
    "3, batch, 3 batches",
    "1, training image, 1 training image",
    "11, training image, 11 training images",
    "-1, file, -1 files"
  })
  void oneIsSingularAndEveryOtherNumberPlural(long count, String noun, String said) {
    assertThat(Count.of(count, noun)).isEqualTo(said);
  }

  @Test
  void largeNumbersAreGrouped() {
    assertThat(Count.grouped(1_234_567, "byte")).isEqualTo("1,234,567 bytes");
    assertThat(Count.grouped(1, "byte")).isEqualTo("1 byte");
  }
}
