package org.deconvnet.jobs.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> VERBS =
      List.of("quickstart", "train", "extract", "classify", "denoise", "speed", "benchmark");

  @ParameterizedTest
  @CsvSource({
    "trian, train",
    "TRAIN, train",
    "tran, train",
    "clasify, classify",
    "bench-mark, benchmark",
    "benchm, benchmark",
    "quick, quickstart",
    "nonsense, denoise",
    "extraction, extract"
  })
  void theFewestChangesWin(String got, String meant) {
    assertThat(NearestName.of(got, VERBS)).hasValue(meant);
  }

  @Test
  void nothingIsNearWhereNothingIsKnown() {
    assertThat(NearestName.of("a", List.of())).isEmpty();
    assertThat(NearestName.asked("a", List.of())).isEmpty();
    assertThat(NearestName.asked("lamda", List.of("lambda", "maps")))
        .isEqualTo("; did you mean lambda?");
  }

  @Test
  void theOrderOfTheKnownDoesNotMatter() {
    assertThat(NearestName.of("ab", List.of("ac", "ad")))
        .isEqualTo(NearestName.of("ab", List.of("ad", "ac")))
        .hasValue("ac");
  }
}
