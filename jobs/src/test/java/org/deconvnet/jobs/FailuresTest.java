package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
  private final StringWriter said = new StringWriter();

  @Test
  void tellsHowToGiveMoreMemoryWhenATaskHadTooLittle() {
    SparkException aborted =
        new SparkException(
            "Job aborted due to stage failure: Lost task 0.0 (driver):"
                + " java.lang.OutOfMemoryError: Java heap space");

    assertThat(failingWith(aborted)).isEqualTo(1);
    assertThat(said.toString()).contains("out of memory", "DECONVNET_MEMORY=", "--executor-memory");
  }

  @Test
  void findsThatUnderOtherFailures() {
    assertThat(failingWith(new IllegalStateException(new OutOfMemoryError("heap")))).isEqualTo(1);
    assertThat(said.toString()).contains("DECONVNET_MEMORY=");
  }

  @Test
  void saysNothingOfMemoryWhereItWasNotShort() {
    assertThat(failingWith(new SparkException("Job aborted due to stage failure"))).isEqualTo(1);
    assertThat(said.toString()).contains("stage failure").doesNotContain("DECONVNET_MEMORY");
  }

  private int failingWith(Exception failure) {
    return new CommandLine(new Failing(failure))
        .setErr(new PrintWriter(said))
        .setExecutionExceptionHandler(new Failures())
        .execute();
  }

  @Command(name = "failing")
  private record Failing(Exception failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }
}
