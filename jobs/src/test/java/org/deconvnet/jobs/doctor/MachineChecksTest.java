package org.deconvnet.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java, the engine, memory, disk and clock, on machines that are made up. */
class MachineChecksTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"11.0.2, PROBLEM", "16, PROBLEM", "17.0.1, OK", "21, OK"})
  void javaIsTakenFrom17On(String version, Verdict verdict) {
    Check check = JavaCheck.of(Runtime.Version.parse(version), "V");
    assertThat(check.verdict()).isEqualTo(verdict);
    assertThat(check.found()).isEqualTo("Java " + version + " of V");
  }

  @Test
  void theEngineIsNamedWithTheWidthOfTheVectors() {
    Check fast = EngineCheck.of("vector-512", Optional.empty(), "512");
    assertThat(fast.verdict()).isEqualTo(Verdict.OK);
    assertThat(fast.found())
        .isEqualTo("auto takes vector-512; the Vector API is there, 512 bits wide");
    Check slow = EngineCheck.of("scalar", Optional.empty(), "128");
    assertThat(slow.verdict()).isEqualTo(Verdict.NOTE);
    assertThat(slow.found()).contains("auto takes scalar", "128 bits");
    assertThat(slow.advice()).contains("the warning above says why");
    Check none = EngineCheck.of("scalar", Optional.of("add --add-modules=M"), "");
    assertThat(none.verdict()).isEqualTo(Verdict.NOTE);
    assertThat(none.advice()).endsWith("add --add-modules=M");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 16384, PROBLEM, DECONVNET_MEMORY=4g",
    "1024, 16384, NOTE, DECONVNET_MEMORY=4g",
    "2048, 16384, OK, ''",
    "4096, 5120, OK, ''",
    "4096, 5000, NOTE, DECONVNET_MEMORY=4000m",
    "4096, 4095, PROBLEM, DECONVNET_MEMORY=3276m"
  })
  void theHeapSuitsTheMachine(long heap, long machine, Verdict verdict, String advice) {
    Check check = MemoryCheck.of(heap << 20, machine << 20);
    assertThat(check.verdict()).isEqualTo(verdict);
    assertThat(check.advice()).contains(advice);
    assertThat(check.line()).contains("a heap of up to ");
  }

  @Test
  void tooLittleMemoryIsRefusedBeforeSparkStarts() {
    SparkConf cluster =
        new SparkConf(false)
            .set("spark.master", "spark://h:7077")
            .set("spark.executor.memory", "400m");
    assertThatThrownBy(() -> MemoryCheck.requireEnough(449L << 20, new SparkConf(false)))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("a heap of at least 450 MB")
        .hasMessageContaining("got 449 MB; set DECONVNET_MEMORY=4g");
    assertThatThrownBy(() -> MemoryCheck.requireEnough(450L << 20, cluster))
        .hasMessageContaining("executors of at least 450 MB")
        .hasMessageContaining("got 400 MB; set --conf spark.executor.memory=2g");
    MemoryCheck.requireEnough(450L << 20, cluster.set("spark.master", "local[2]"));
  }

  @ParameterizedTest
  @CsvSource({"1023, PROBLEM", "1024, NOTE", "10239, NOTE", "10240, OK"})
  void temporaryFilesHaveRoom(long free, Verdict verdict) {
    Check check = DiskCheck.of(folder, free << 20, "-Djava.io.tmpdir=FOLDER");
    assertThat(check.verdict()).isEqualTo(verdict);
    assertThat(check.found()).endsWith("B free in " + folder);
    assertThat(check.advice().contains("-Djava.io.tmpdir=FOLDER")).isEqualTo(free < 10240);
  }

  @Test
  void theTemporaryFolderIsWrittenToAndLeftAsItWas() throws IOException {
    assertThat(DiskCheck.of(folder, "elsewhere").found()).contains("B free in " + folder);
    assertThat(folder).isEmptyDirectory();
    Check missing = DiskCheck.of(folder.resolve("none"), "elsewhere");
    assertThat(missing.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(missing.line()).contains("none cannot be written to", "create it");
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(DiskCheck.of(file, "elsewhere").verdict()).isEqualTo(Verdict.PROBLEM);
  }

  @Test
  void sparksOwnFoldersAreLookedAtAsWell() {
    SparkConf conf = new SparkConf(false);
    assertThat(DiskCheck.ofSpark(conf, null)).isEmpty();
    conf.set("spark.local.dir", System.getProperty("java.io.tmpdir") + ", " + folder + "/none");
    List<Check> checks = DiskCheck.ofSpark(conf, null);
    assertThat(checks).hasSize(1);
    assertThat(checks.get(0).verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(checks.get(0).advice()).contains("--conf spark.local.dir=FOLDER");
    assertThat(DiskCheck.ofSpark(conf, folder.toString()).get(0).found())
        .endsWith("B free in " + folder);
  }

  @ParameterizedTest
  @CsvSource({"1970, PROBLEM", "2025, PROBLEM", "2026, OK", "2099, OK", "2100, PROBLEM"})
  void theClockIsOfThisCentury(int year, Verdict verdict) {
    Check check =
        ClockCheck.of(ZonedDateTime.parse("2026-07-01T12:00+05:30[Asia/Kolkata]").withYear(year));
    assertThat(check.verdict()).isEqualTo(verdict);
    assertThat(check.found()).isEqualTo(year + "-07-01 12:00:00 +05:30 (Asia/Kolkata)");
  }
}
