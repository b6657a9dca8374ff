package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and a cluster's SIGTERM, in a process of its own. */
class StoppingTest {
  @TempDir Path folder;

  @Test
  void theLineSaysWhatTheSameCommandDoes() {
    assertThat(Stopping.line("train", "--config", "c")).endsWith("command goes on where it was");
    assertThat(Stopping.line("generate", "train", "--config", "c"))
        .endsWith("command goes on where it was");
    assertThat(Stopping.line("generate", "sample", "--model", "m"))
        .endsWith("begins from the start");
    assertThat(Stopping.line("train", "--overwrite"))
        .endsWith("command without --overwrite goes on where it was");
    assertThat(Stopping.line("classify")).endsWith("command begins from the start");
    assertThat(Stopping.line()).endsWith("command begins from the start");
    assertThat(Stopping.line("benchmark", "--config", "c")).endsWith("that were finished");
    assertThat(Stopping.line("benchmark", "--fresh")).endsWith("command begins from the start");
    assertThat(Stopping.line("doctor")).isEqualTo("stopped");
  }

  /** A program that would end ten minutes after it is told to. */
  static final class EndsSlowly {
    private EndsSlowly() {}

    public static void main(String[] arguments) throws InterruptedException {
      Stopping.watch("train");
      Runtime.getRuntime().addShutdownHook(new Thread(EndsSlowly::sleep));
      System.out.println("ready");
      sleep();
    }

    private static void sleep() {
      try {
        TimeUnit.MINUTES.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void ctrlCEndsAProgramWhoseEndHangs() throws Exception {
    stopped(130, "INT", "ready", ForkedJvm.command(EndsSlowly.class, List.of(), List.of()));
  }

  @Test
  void aShutGatePassesNothingOn() throws IOException {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    try (Gate gate = new Gate(terminal)) {
      gate.write("before".getBytes(StandardCharsets.UTF_8));
      gate.shut();
      gate.write("after".getBytes(StandardCharsets.UTF_8));
      gate.write('!');
    }
    assertThat(terminal.toString(StandardCharsets.UTF_8)).isEqualTo("before");
  }

  @Test
  void aStoppedTrainSaysOneLineAndTheSameCommandEndsWithTheSameBits() throws Exception {
    Path corpus = BarCorpus.write(folder.resolve("corpus"), 1, 6, 1);
    String tiny = TinyConfig.withoutFeatures(TinyConfig.quickstart());
    Path config = Files.writeString(folder.resolve("tiny.yaml"), TinyConfig.withEpochs(12, tiny));
    Path model = folder.resolve("model");
    String[] train = {
      "train", "--config", config.toString(), "--input", corpus.toString(), "--output"
    };
    List<String> words = new ArrayList<>(List.of(train));
    words.add(model.toString());
    String log = "-Dlog4j2.configurationFile=" + TinyConfig.file("log4j2.properties").toUri();
    List<String> command = ForkedJvm.command(Main.class, List.of(log), words);
    stopped(143, "TERM", "layer 1  epoch 4", command);
    stopped(130, "INT", "resuming from a checkpoint", command);

    MainTest.Result resumed = run(train, model);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("resuming from a checkpoint");
    Path whole = folder.resolve("whole");
    assertThat(run(train, whole).code()).isZero();
    assertThat(MainTest.metrics(model).path("fingerprint"))
        .isEqualTo(MainTest.metrics(whole).path("fingerprint"));
  }

  private static MainTest.Result run(String[] train, Path model) {
    List<Object> words = new ArrayList<>(List.of((Object[]) train));
    words.add(model);
    return MainTest.run(words.toArray());
  }

  /** Starts the command, stops it at the first line that starts so, and reads what it says then. */
  private void stopped(int code, String signal, String at, List<String> command) throws Exception {
    File err = folder.resolve(signal + ".err").toFile();
    Process process = new ProcessBuilder(command).redirectError(err).start();
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.startsWith(at)) {
        line = out.readLine();
      }
      assertThat(line)
          .as("output ends before '%s': %s", at, Files.readString(err.toPath()))
          .isNotNull();
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(code);
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(err.toPath());
    assertThat(said.lines().reduce((a, b) -> b))
        .contains("deconvnet: stopped; the same command goes on where it was");
    assertThat(said).doesNotContain("defect", "Exception", "\tat ");
  }
}
