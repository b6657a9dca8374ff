package org.deconvnet.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SparkCheckTest extends OwnSpark {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Check of(String version, Callable<Long> job, Duration patience) {
    return SparkCheck.of(version, "spark://host:7077", job, patience);
  }

  @Test
  void aJobRunsOnEveryCore() {
    Check check = SparkCheck.of(spark, PATIENCE);
    assertThat(check.verdict()).as(check.line()).isEqualTo(Verdict.OK);
    assertThat(check.found())
        .matches("Spark 4\\.2\\.\\d+, master local\\[2\\]: a job of 2 tasks ran");
  }

  @Test
  void anotherReleaseOfSparkIsNoted() {
    for (String version : new String[] {"4.1.2", "4.20.0", "5.0.0"}) {
      assertThat(of(version, () -> 1L, PATIENCE).verdict()).as(version).isEqualTo(Verdict.NOTE);
    }
    assertThat(of("4.2.1", () -> 1L, PATIENCE).found()).endsWith("a job of 1 task ran");
  }

  @Test
  void aJobThatFailsIsToldWithItsReason() {
    Check check =
        of(
            "4.2.0",
            () -> {
              throw new IllegalStateException("no executor\nat Spark");
            },
            PATIENCE);
    assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check.found())
        .endsWith("a job failed: java.lang.IllegalStateException: no executor");
  }

  /** As on a cluster without free cores. */
  @Test
  void aJobThatDoesNotRunIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    Callable<Long> waiting =
        () -> {
          never.await();
          return 1L;
        };
    Check check = of("4.2.0", waiting, Duration.ofMillis(10));
    never.countDown();
    assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check.line()).contains("master spark://host:7077: no job ran", "workers");
  }

  @Test
  void aSessionThatDoesNotStartIsToldWithItsReason() {
    Check check = SparkCheck.notStarted(new IllegalArgumentException("no such master"));
    assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check.line()).contains("it does not start: ", "no such master", "--master");
  }
}
