package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.deconvnet.tensor.UserErrorException;
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

  @Test
  void aDefectIsOneLineThatNamesTheFileWithTheTrace() throws IOException {
    SparkException many = new SparkException("Job aborted\nDriver stacktrace:\n\tat x\n\tat y");
    assertThat(failingWith(new IllegalStateException("odd", many))).isEqualTo(1);
    assertThat(said.toString().lines()).hasSize(1);
    assertThat(trace())
        .contains("IllegalStateException: odd", "Caused by: ", "at x", "FailuresTest");
    said.getBuffer().setLength(0);
    failingWith(many);
    assertThat(said.toString().lines()).hasSize(1);
    assertThat(said.toString()).contains("this looks like a defect: ", "Job aborted");
  }

  @Test
  void aUsersErrorIsItsMessageAndALibrarysIllegalArgumentKeepsItsTrace() throws IOException {
    UserErrorException user = new UserErrorException("batchSize: expected at least 1, got 0");
    assertThat(failingWith(new SparkException("Job aborted", UserErrorException.of("a.png", user))))
        .isEqualTo(1);
    assertThat(said.toString().trim())
        .isEqualTo("deconvnet: a.png: batchSize: expected at least 1, got 0");
    said.getBuffer().setLength(0);
    assertThat(failingWith(UserErrorException.of("a.png", new IllegalArgumentException("odd"))))
        .isEqualTo(1);
    assertThat(trace()).contains("IllegalArgumentException: a.png: odd", "FailuresTest");
  }

  /** The file that the message names; it goes. */
  private String trace() throws IOException {
    String message = said.toString().trim();
    assertThat(message).contains("this looks like a defect: ", "its trace, which is in ");
    Path file = Path.of(message.substring(message.lastIndexOf(" in ") + 4));
    String trace = Files.readString(file);
    Files.delete(file);
    return trace;
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
