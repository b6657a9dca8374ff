package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts give Java a UTF-8 locale, and leave a user's own alone. */
class LauncherLocaleTest {
  private static final Path ROOT = Path.of(System.getProperty("deconvnet.root"));

  @TempDir Path folder;

  /** LC_ALL as Java would get it. */
  private String locale(Map<String, String> environment) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "set -euo pipefail; . \"$0\"; printenv LC_ALL || echo unset",
            ROOT.resolve("deploy/utf8-locale").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said.trim();
  }

  @Test
  void withoutAUtf8LocaleOneIsTaken() throws IOException, InterruptedException {
    for (Map<String, String> environment :
        List.of(
            Map.of("LC_ALL", "POSIX"),
            Map.of("LC_ALL", "C", "LANG", "C.UTF-8"),
            Map.of("LC_CTYPE", "C"),
            Map.of("LC_ALL", "xx_XX.UTF-8"),
            Map.<String, String>of())) {
      assertThat(locale(environment)).as("%s", environment).matches("(?i).*\\.utf-?8");
    }
  }

  @Test
  void aUtf8LocaleOfTheUsersOwnStays() throws IOException, InterruptedException {
    assertThat(locale(Map.of("LC_ALL", "C.UTF-8"))).isEqualTo("C.UTF-8");
    assertThat(locale(Map.of("LANG", "C.UTF-8"))).isEqualTo("unset");
    assertThat(locale(Map.of("LC_CTYPE", "C.UTF-8", "LANG", "C"))).isEqualTo("unset");
  }

  /** A machine whose locales are these. */
  @Test
  void theLocaleIsOneThatTheMachineHas() throws IOException, InterruptedException {
    assertThat(amongLocales("C\nPOSIX\nde_DE.utf8\nen_US.utf8")).isEqualTo("en_US.utf8");
    assertThat(amongLocales("C\nde_DE.iso88591\nde_DE.utf8")).isEqualTo("de_DE.utf8");
    assertThat(amongLocales("C\nPOSIX\nC.UTF-8\nen_US.utf8")).isEqualTo("C.UTF-8");
    assertThat(amongLocales("C\nPOSIX")).isEqualTo("C.UTF-8");
  }

  private String amongLocales(String names) throws IOException, InterruptedException {
    Path list = Files.writeString(folder.resolve("names"), names + "\n");
    Path command = folder.resolve("locale");
    Files.writeString(
        command,
        "#!/bin/sh\nif [ \"$1\" = -a ]; then cat '%s'; else echo ANSI_X3.4-1968; fi\n"
            .formatted(list));
    assertThat(command.toFile().setExecutable(true)).isTrue();
    return locale(Map.of("PATH", folder + ":" + System.getenv("PATH")));
  }

  @Test
  void everyScriptThatStartsJavaTakesIt() throws IOException {
    Map<String, String> starts =
        Map.of(
            "deconvnet", "\"$java\" ",
            "deploy/cluster", "\"$java\" ",
            "deploy/submit", "\"$root/deploy/spark-submit\" ");
    for (Map.Entry<String, String> start : starts.entrySet()) {
      String text = Files.readString(ROOT.resolve(start.getKey()));
      assertThat(text).as(start.getKey()).contains("deploy/utf8-locale\"\n");
      assertThat(text.indexOf("deploy/utf8-locale"))
          .as(start.getKey())
          .isLessThan(text.indexOf(start.getValue()));
    }
    assertThat(Files.readString(ROOT.resolve("conf/spark-defaults.conf")))
        .containsPattern("\nspark.executorEnv.LC_ALL +C.UTF-8\n")
        .containsPattern("\nspark.yarn.appMasterEnv.LC_ALL +C.UTF-8\n");
  }
}
