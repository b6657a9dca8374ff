package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The script that {@code completion} prints, as bash runs it. */
class CompletionTest {
  /** What bash does when a person presses Tab after the last of these words. */
  private static final String TAB =
      """
      . "$0"
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      COMP_LINE="$*"
      COMP_POINT=${#COMP_LINE}
      %s
      printf '%%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void printed() throws IOException {
    MainTest.Result result = MainTest.run("completion");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    script = Files.writeString(folder.resolve("completion"), result.out());
  }

  private List<String> bash(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().map(String::strip).toList();
  }

  /** What bash offers for the last word; the function that it calls is the one of the script. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    String function = bash("-c", ". \"$0\"; complete -p deconvnet", script.toString()).get(0);
    String name = function.replaceFirst(".* -F (\\S+) .*", "$1");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("-c", TAB.formatted(name), script.toString()));
    command.addAll(List.of(words));
    return bash(command.toArray(String[]::new));
  }

  @Test
  void bashFindsNoMistakeInIt() throws IOException, InterruptedException {
    assertThat(bash("-n", script.toString())).isEmpty();
  }

  @Test
  void aVerbIsCompleted() throws IOException, InterruptedException {
    assertThat(offered("deconvnet", "qui")).containsExactly("quickstart");
    assertThat(offered("./deconvnet", "comp")).containsExactly("compare-learners", "completion");
    assertThat(offered("deconvnet", "")).containsAll(Main.commandLine().getSubcommands().keySet());
  }

  @Test
  void anOptionOfAVerbIsCompleted() throws IOException, InterruptedException {
    assertThat(offered("deconvnet", "train", "--over")).containsExactly("--overwrite");
    assertThat(offered("deconvnet", "pack", "--sh")).containsExactly("--shard-mb");
    CommandLine doctor = Main.commandLine().getSubcommands().get("doctor");
    assertThat(offered("deconvnet", "doctor", "--"))
        .containsAll(
            doctor.getCommandSpec().optionsMap().keySet().stream()
                .filter(name -> name.startsWith("--"))
                .toList());
  }

  /** Nothing is offered for it, and then bash's default are the names of files. */
  @Test
  void theValueOfAnOptionIsCompletedByFiles() throws IOException, InterruptedException {
    assertThat(offered("deconvnet", "train", "--input", "")).containsExactly("");
    assertThat(bash("-c", ". \"$0\"; complete -p deconvnet", script.toString()).get(0))
        .contains("-o default");
    assertThat(Files.readString(script)).doesNotContain("+o default");
  }
}
