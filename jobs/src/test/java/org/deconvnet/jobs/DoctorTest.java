package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb as its users call it. */
class DoctorTest {
  private static final String LINE = "(ok|note|problem) +%s +.*; expected .*";

  @TempDir Path folder;

  private static void assertLines(Result result, String... names) {
    String[] lines = result.out().split("\n");
    assertThat(lines).as(result.out()).hasSize(names.length + 1);
    for (int i = 0; i < names.length; i++) {
      assertThat(lines[i]).matches(LINE.formatted(names[i]));
    }
    assertThat(lines[names.length]).matches("\\d+ problems?, \\d+ notes?");
    boolean healthy = lines[names.length].startsWith("0 ");
    assertThat(result.code()).isEqualTo(healthy ? 0 : 1);
  }

  @Test
  void everyCheckIsALine() {
    Path photos = BarCorpus.write(folder, 2, 2, 1);
    Result result = MainTest.run("doctor", "--master", "local[1]", "--input", photos);
    assertLines(result, "java", "engine", "memory", "disk", "clock", "spark", "parquet", "input");
    assertThat(result.out()).contains("ok       java ", "ok       spark ", "ok       input ");
    assertThat(MainTest.run("doctor", "--master", "local[1]").out()).doesNotContain("input");
  }

  @Test
  void aProblemIsExitCode1() {
    Result result =
        MainTest.run("doctor", "--master", "local[1]", "--input", folder.resolve("none"));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).containsPattern("\nproblem  input   .*none: expected a folder");
  }

  @Test
  void withoutSparkTheRestIsStillSaid() {
    Result result = MainTest.run("doctor", "--master", "nonsense", "--input", folder);
    assertThat(result.code()).isEqualTo(1);
    assertLines(result, "java", "engine", "memory", "disk", "clock", "spark", "input");
    assertThat(result.out())
        .containsPattern("\nproblem  spark +it does not start: .*nonsense")
        .containsPattern("\nnote     input +not looked at");
  }

  @Test
  void loginDetailsInAnAddressAreNotRepeated() {
    Result result = MainTest.run("doctor", "--input", "s3a://key:secret@bucket/photos");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("an address with login details");
    assertThat(result.out() + result.err()).doesNotContain("key:secret");
  }
}
